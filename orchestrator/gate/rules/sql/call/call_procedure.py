"""CALL runs a procedure, which may do anything."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement


def matches(statement: Statement) -> bool:
    return len(statement.words) > 1


RULE = Rule(
    id="call-procedure",
    decision=ASK,
    why="CALL runs a procedure of the database; what it changes cannot be seen here",
    instead="read its body with \\sf, and ask a person to run it if it writes",
    source="https://www.postgresql.org/docs/current/sql-call.html",
    fires_on=(
        "CALL close_day()",
        "call app.rebuild(1, 2)",
    ),
    silent_on=(
        "SELECT call FROM t",
        "SELECT 'CALL close_day()'",
    ),
    matches=matches,
    clause="dont-write-production",
)
