"""ROLLBACK PREPARED throws a transaction of somebody else away."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement


def matches(statement: Statement) -> bool:
    return statement.word(1) == "PREPARED"


RULE = Rule(
    id="rollback-prepared",
    decision=ASK,
    why="ROLLBACK PREPARED throws the changes of a prepared transaction away",
    instead="let its transaction manager decide",
    source="https://www.postgresql.org/docs/current/sql-rollback-prepared.html",
    fires_on=("ROLLBACK PREPARED 'x'",),
    silent_on=(
        "ROLLBACK",
        "ROLLBACK TO SAVEPOINT a",
        "SELECT 'ROLLBACK PREPARED'",
    ),
    matches=matches,
    clause="dont-write-production",
)
