"""MERGE inserts, updates or deletes rows."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule
from orchestrator.gate.sql.rows import merges_all

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement


def matches(statement: Statement) -> bool:
    return not merges_all(statement)


RULE = Rule(
    id="merge-rows",
    decision=ASK,
    why="MERGE inserts, overwrites or deletes rows of its target",
    instead="run the join as a SELECT and show what would change before asking for this",
    source="https://www.postgresql.org/docs/current/sql-merge.html",
    fires_on=("MERGE INTO t USING s ON t.id = s.id WHEN MATCHED THEN UPDATE SET a = s.a",),
    silent_on=(
        "EXPLAIN MERGE INTO t USING s ON t.id = s.id WHEN MATCHED THEN DELETE",
        "SELECT 'merge into t'",
    ),
    matches=matches,
    clause="dont-write-production",
)
