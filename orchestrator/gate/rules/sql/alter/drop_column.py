"""ALTER TABLE … DROP COLUMN removes all values of the column."""

from __future__ import annotations

from orchestrator.gate.rule import DENY, Rule
from orchestrator.gate.sql.actions import drops_column

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement


def matches(statement: Statement) -> bool:
    return drops_column(statement)


RULE = Rule(
    id="drop-column",
    decision=DENY,
    why="ALTER TABLE … DROP COLUMN removes every value of the column; only a backup brings them back",
    instead="write a migration and let a person run it; first stop reading the column in the application",
    source="https://www.postgresql.org/docs/current/sql-altertable.html",
    fires_on=(
        "ALTER TABLE loans DROP COLUMN due_on",
        "alter table only loans drop due_on cascade",
        "ALTER TABLE loans ADD a int, DROP IF EXISTS b",
        "ALTER TYPE address DROP ATTRIBUTE zip CASCADE",
    ),
    silent_on=(
        "ALTER TABLE loans ALTER due_on DROP DEFAULT",
        "ALTER TABLE loans ALTER COLUMN due_on DROP NOT NULL",
        "ALTER TABLE loans DROP CONSTRAINT c",
        "SELECT 'ALTER TABLE t DROP COLUMN c'",
        "ALTER TABLE t DROP INDEX i",
    ),
    matches=matches,
    clause="dont-drop",
)
