"""DROP OWNED removes every object of a role."""

from __future__ import annotations

from orchestrator.gate.rule import DENY, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement


def matches(statement: Statement) -> bool:
    return statement.word(1) == "OWNED"


RULE = Rule(
    id="drop-owned",
    decision=DENY,
    why="DROP OWNED removes every table, function and grant of the role in this database",
    instead="REASSIGN OWNED hands the objects over without removing them; a person runs it",
    source="https://www.postgresql.org/docs/current/sql-drop-owned.html",
    fires_on=(
        "DROP OWNED BY volunteer",
        "drop owned by volunteer cascade",
    ),
    silent_on=(
        "SELECT 'drop owned by x'",
        "DROP ROLE volunteer",
    ),
    matches=matches,
    clause="dont-drop",
)
