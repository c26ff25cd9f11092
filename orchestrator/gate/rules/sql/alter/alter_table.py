"""ALTER TABLE locks the table, and may rewrite it."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule
from orchestrator.gate.sql.actions import drops_column, drops_part

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement


def matches(statement: Statement) -> bool:
    return statement.starts("ALTER", "TABLE") and not drops_column(statement) and not drops_part(statement)


RULE = Rule(
    id="alter-table",
    decision=ASK,
    why=(
        "ALTER TABLE takes a lock, mostly ACCESS EXCLUSIVE, behind which reads and writes wait, and "
        "some forms rewrite the table"
    ),
    instead="write a migration with a lock_timeout and let a person run it",
    source="https://www.postgresql.org/docs/current/sql-altertable.html",
    fires_on=(
        "ALTER TABLE loans ADD COLUMN note text",
        "ALTER TABLE loans ALTER COLUMN id TYPE bigint",
        "alter table if exists only loans validate constraint c",
        "ALTER TABLE loans DROP CONSTRAINT c",
    ),
    silent_on=(
        "SELECT 'ALTER TABLE loans ADD a int'",
        "CREATE TEMP TABLE s (id int); ALTER TABLE s ADD a int",
    ),
    matches=matches,
    clause="dont-run-migrations",
)
