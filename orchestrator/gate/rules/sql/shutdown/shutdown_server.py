"""SHUTDOWN stops the server."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement


def matches(statement: Statement) -> bool:
    return statement.starts("SHUTDOWN")


RULE = Rule(
    id="shutdown-server",
    decision=ASK,
    why="SHUTDOWN ends every session of the server",
    instead="let a person stop a server",
    source="https://dev.mysql.com/doc/refman/8.4/en/shutdown.html",
    fires_on=("SHUTDOWN",),
    silent_on=(
        "SELECT shutdown FROM t",
        "SELECT 'shutdown'",
    ),
    matches=matches,
    clause="dont-write-production",
)
