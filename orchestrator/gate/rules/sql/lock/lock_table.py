"""LOCK makes others wait."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement


def matches(statement: Statement) -> bool:
    return len(statement.words) > 1


RULE = Rule(
    id="lock-table",
    decision=ASK,
    why="LOCK TABLE holds the table, in its usual mode against every read, until the transaction ends",
    instead="SELECT … FOR UPDATE locks rows; SET lock_timeout first where a table lock is needed",
    source="https://www.postgresql.org/docs/current/sql-lock.html",
    fires_on=(
        "LOCK TABLE loans",
        "LOCK loans IN SHARE MODE",
        "LOCK TABLES t WRITE",
    ),
    silent_on=(
        "SELECT * FROM loans FOR SHARE",
        "SELECT pg_advisory_lock(1)",
        "SELECT * FROM pg_locks",
        "SELECT 'lock table loans'",
    ),
    matches=matches,
    clause="dont-write-production",
)
