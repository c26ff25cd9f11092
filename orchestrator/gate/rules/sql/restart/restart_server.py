"""RESTART stops the server."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement


def matches(statement: Statement) -> bool:
    return statement.starts("RESTART")


RULE = Rule(
    id="restart-server",
    decision=ASK,
    why="RESTART ends every session of the server",
    instead="let a person stop a server",
    source="https://dev.mysql.com/doc/refman/8.4/en/restart.html",
    fires_on=("RESTART",),
    silent_on=(
        "SELECT restart FROM t",
        "SELECT 'restart'",
    ),
    matches=matches,
    clause="dont-write-production",
)
