"""REFRESH MATERIALIZED VIEW without CONCURRENTLY stops its readers."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement


def matches(statement: Statement) -> bool:
    return not statement.has("CONCURRENTLY") and len(statement.words) > 1


RULE = Rule(
    id="refresh-blocking",
    decision=ASK,
    why=(
        "REFRESH MATERIALIZED VIEW holds an ACCESS EXCLUSIVE lock on the view until it is filled "
        "again: its readers wait"
    ),
    instead="REFRESH MATERIALIZED VIEW CONCURRENTLY, which needs a unique index on the view",
    source="https://www.postgresql.org/docs/current/sql-refreshmaterializedview.html",
    fires_on=(
        "REFRESH MATERIALIZED VIEW stats",
        "refresh materialized view stats with no data",
    ),
    silent_on=(
        "REFRESH MATERIALIZED VIEW CONCURRENTLY stats",
        "SELECT 'refresh materialized view m'",
    ),
    matches=matches,
    clause="dont-run-migrations",
)
