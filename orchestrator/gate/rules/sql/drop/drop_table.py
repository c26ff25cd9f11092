"""DROP TABLE removes all rows of the table."""

from __future__ import annotations

from orchestrator.gate.rule import DENY, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement


# The last ones are of stores whose language resembles SQL.
KINDS = frozenset({"TABLE", "TABLES", "MEASUREMENT", "SERIES", "COLLECTION", "SHARD"})


def matches(statement: Statement) -> bool:
    return statement.word(1) in KINDS or (
        statement.starts("DROP", "MATERIALIZED", "VIEW") and statement.dialect == "clickhouse"
    )


RULE = Rule(
    id="drop-table",
    decision=DENY,
    why=("DROP TABLE removes the table with all its rows, indexes and grants; only a backup brings them back"),
    instead=("ask a person to drop it; ALTER TABLE … RENAME keeps the rows while you check that nobody needs them"),
    source="https://www.postgresql.org/docs/current/sql-droptable.html",
    fires_on=(
        "DROP TABLE loans",
        "drop table if exists public.loans, holds cascade;",
        'DROP TABLE "Loans"',
        "BEGIN; DROP TABLE loans; ROLLBACK",
        "DO $$ BEGIN DROP TABLE loans; END $$",
        "DO $$ BEGIN EXECUTE format('DROP TABLE %I', t); END $$",
    ),
    silent_on=(
        "SELECT 'DROP TABLE loans'",
        "-- DROP TABLE loans\nSELECT 1",
        "CREATE TEMP TABLE scratch (id int); DROP TABLE scratch",
        "DROP TEMPORARY TABLE scratch",
        "SELECT drop_table FROM audit",
        'SELECT "drop", "table" FROM words',
        "EXPLAIN SELECT 1 /* ; DROP TABLE loans */",
    ),
    matches=matches,
    clause="dont-drop",
)
