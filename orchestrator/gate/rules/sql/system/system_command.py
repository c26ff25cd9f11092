"""SYSTEM changes the state of a ClickHouse server."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement


def matches(statement: Statement) -> bool:
    return statement.word(1) != "FLUSH" and len(statement.words) > 1


RULE = Rule(
    id="system-command",
    decision=ASK,
    why="SYSTEM stops, drops or reloads parts of the server for everybody",
    instead="let a person run it",
    source="https://clickhouse.com/docs/sql-reference/statements/system",
    fires_on=(
        "SYSTEM DROP REPLICA 'r1'",
        "SYSTEM STOP MERGES",
        "SYSTEM SHUTDOWN",
    ),
    silent_on=(
        "SYSTEM FLUSH LOGS",
        "SELECT * FROM system.parts",
        "SELECT 'system shutdown'",
    ),
    matches=matches,
    clause="dont-write-production",
)
