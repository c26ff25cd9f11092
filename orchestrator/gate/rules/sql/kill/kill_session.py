"""KILL ends somebody's session or query."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement


def matches(statement: Statement) -> bool:
    return len(statement.words) > 1


RULE = Rule(
    id="kill-session",
    decision=ASK,
    why="KILL ends a session or query that somebody else may need",
    instead="show the process list and let a person decide",
    source="https://dev.mysql.com/doc/refman/8.4/en/kill.html",
    fires_on=(
        "KILL 42",
        "KILL QUERY WHERE query_id = 'x'",
    ),
    silent_on=(
        "SHOW PROCESSLIST",
        "SELECT 'kill 42'",
    ),
    matches=matches,
    clause="dont-write-production",
)
