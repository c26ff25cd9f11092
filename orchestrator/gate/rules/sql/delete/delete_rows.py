"""DELETE of the rows that a condition names."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule
from orchestrator.gate.sql.rows import every_row

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement


def matches(statement: Statement) -> bool:
    return len(statement.words) > 1 and not every_row(statement)


RULE = Rule(
    id="delete-rows",
    decision=ASK,
    why="DELETE removes the rows that its WHERE names, for good",
    instead="run SELECT count(*) with the same WHERE and show the number before asking for this",
    source="https://www.postgresql.org/docs/current/sql-delete.html",
    fires_on=(
        "DELETE FROM loans WHERE id = 3",
        "DELETE FROM loans USING patrons p WHERE p.id = patron_id AND p.gone",
        "DELETE FROM loans WHERE CURRENT OF c",
        "DELETE FROM loans WHERE id IN (SELECT id FROM stale)",
    ),
    silent_on=(
        "EXPLAIN DELETE FROM loans WHERE id = 3",
        "SELECT 'delete from loans where id = 3'",
        "SELECT count(*) FROM loans WHERE status = 'delete'",
    ),
    matches=matches,
    clause="dont-write-production",
)
