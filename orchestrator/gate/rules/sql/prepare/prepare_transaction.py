"""PREPARE TRANSACTION leaves its locks behind."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement


def matches(statement: Statement) -> bool:
    return statement.word(1) == "TRANSACTION"


RULE = Rule(
    id="prepare-transaction",
    decision=ASK,
    why="PREPARE TRANSACTION keeps the transaction's locks after the session ends, and holds vacuum back",
    instead="COMMIT or ROLLBACK",
    source="https://www.postgresql.org/docs/current/sql-prepare-transaction.html",
    fires_on=("PREPARE TRANSACTION 'x'",),
    silent_on=(
        "PREPARE p AS SELECT 1",
        "SELECT 'PREPARE TRANSACTION'",
    ),
    matches=matches,
    clause="dont-write-production",
)
