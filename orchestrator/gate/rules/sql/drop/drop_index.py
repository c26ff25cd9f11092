"""DROP INDEX makes queries slow that relied on it."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement


def matches(statement: Statement) -> bool:
    return statement.word(1) == "INDEX"


RULE = Rule(
    id="drop-index",
    decision=ASK,
    why=(
        "DROP INDEX takes an ACCESS EXCLUSIVE lock unless CONCURRENTLY, and queries that use the "
        "index become slow at once"
    ),
    instead=(
        "show first that pg_stat_user_indexes.idx_scan does not grow, then DROP INDEX CONCURRENTLY in "
        "a migration that a person runs"
    ),
    source="https://www.postgresql.org/docs/current/sql-dropindex.html",
    fires_on=(
        "DROP INDEX loans_due_idx",
        "DROP INDEX CONCURRENTLY IF EXISTS a, b",
    ),
    silent_on=(
        "SELECT indexname FROM pg_indexes",
        "SELECT 'drop index x'",
    ),
    matches=matches,
    clause="dont-drop",
)
