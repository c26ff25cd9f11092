"""COMMIT PREPARED ends a transaction of somebody else."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement


def matches(statement: Statement) -> bool:
    return statement.word(1) == "PREPARED"


RULE = Rule(
    id="commit-prepared",
    decision=ASK,
    why="COMMIT PREPARED makes the changes of a prepared transaction permanent",
    instead="let its transaction manager decide",
    source="https://www.postgresql.org/docs/current/sql-commit-prepared.html",
    fires_on=("COMMIT PREPARED 'x'",),
    silent_on=(
        "COMMIT",
        "COMMIT AND CHAIN",
        "SELECT 'COMMIT PREPARED'",
    ),
    matches=matches,
    clause="dont-write-production",
)
