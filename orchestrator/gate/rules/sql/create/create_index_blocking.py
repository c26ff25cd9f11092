"""CREATE INDEX without CONCURRENTLY stops writes."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule
from orchestrator.gate.sql.actions import created

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement


def matches(statement: Statement) -> bool:
    return created(statement) == "INDEX" and not statement.has("CONCURRENTLY")


RULE = Rule(
    id="create-index-blocking",
    decision=ASK,
    why=(
        "CREATE INDEX without CONCURRENTLY holds a SHARE lock: INSERT, UPDATE and DELETE wait until the index is built"
    ),
    instead="CREATE INDEX CONCURRENTLY, outside of a transaction block",
    source="https://www.postgresql.org/docs/current/sql-createindex.html",
    fires_on=(
        "CREATE INDEX ON loans (due_on)",
        "create unique index i on loans using btree (a)",
    ),
    silent_on=(
        "CREATE INDEX CONCURRENTLY i ON loans (due_on)",
        "create unique index concurrently if not exists i on loans (a)",
        "SELECT 'create index on t (a)'",
        "CREATE TEMP TABLE s (id int); CREATE INDEX ON s (id)",
    ),
    matches=matches,
    clause="dont-run-migrations",
)
