"""TRUNCATE removes all rows."""

from __future__ import annotations

from orchestrator.gate.rule import DENY, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement


def matches(statement: Statement) -> bool:
    return len(statement.words) > 1


RULE = Rule(
    id="truncate-table",
    decision=DENY,
    why=(
        "TRUNCATE removes every row of the table, with CASCADE of every table that refers to it; only "
        "a backup brings them back"
    ),
    instead="ask a person; to remove some rows, DELETE with a WHERE that names them, in batches",
    source="https://www.postgresql.org/docs/current/sql-truncate.html",
    fires_on=(
        "TRUNCATE loans",
        "truncate table only loans, holds restart identity cascade",
        "BEGIN; TRUNCATE loans; COMMIT",
        "CREATE FUNCTION f() RETURNS void AS $$ BEGIN TRUNCATE loans; END $$ LANGUAGE plpgsql",
    ),
    silent_on=(
        "SELECT truncate(1.234, 2)",
        "SELECT 'truncate loans'",
        "CREATE TEMP TABLE s (id int); TRUNCATE s",
        "SELECT relname FROM pg_stat_user_tables -- truncate",
    ),
    matches=matches,
    clause="dont-drop",
)
