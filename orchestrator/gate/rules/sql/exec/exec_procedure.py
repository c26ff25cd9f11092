"""EXEC runs a procedure or a text."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement


def matches(statement: Statement) -> bool:
    return statement.word(1) not in ("SP_HELP", "SP_HELPTEXT", "SP_COLUMNS", "SP_WHO", "SP_WHO2", "SP_SPACEUSED")


RULE = Rule(
    id="exec-procedure",
    decision=ASK,
    why="EXEC runs a procedure or a text whose changes cannot be seen here",
    instead="read its body and ask a person to run it if it writes",
    source="https://learn.microsoft.com/en-us/sql/t-sql/language-elements/execute-transact-sql",
    fires_on=(
        "EXEC close_day",
        "EXEC sp_rename 'a', 'b'",
    ),
    silent_on=(
        "EXEC sp_help 'loans'",
        "SELECT 'EXEC close_day'",
    ),
    matches=matches,
    clause="dont-write-production",
)
