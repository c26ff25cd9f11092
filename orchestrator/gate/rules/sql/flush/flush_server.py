"""FLUSH closes tables or reloads the server's state."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement


def matches(statement: Statement) -> bool:
    return len(statement.words) > 1


RULE = Rule(
    id="flush-server",
    decision=ASK,
    why="FLUSH closes tables, takes a global read lock, or reloads rights and logs for everybody",
    instead="let a person run it",
    source="https://dev.mysql.com/doc/refman/8.4/en/flush.html",
    fires_on=(
        "FLUSH TABLES WITH READ LOCK",
        "FLUSH PRIVILEGES",
    ),
    silent_on=(
        "SELECT flush FROM t",
        "SELECT 'flush tables'",
    ),
    matches=matches,
    clause="dont-write-production",
)
