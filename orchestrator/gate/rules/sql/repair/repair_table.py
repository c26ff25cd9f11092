"""REPAIR TABLE may lose rows."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement


def matches(statement: Statement) -> bool:
    return len(statement.words) > 1


RULE = Rule(
    id="repair-table",
    decision=ASK,
    why="REPAIR TABLE rewrites a damaged table and may lose rows",
    instead="take a backup first and let a person run it",
    source="https://dev.mysql.com/doc/refman/8.4/en/repair-table.html",
    fires_on=("REPAIR TABLE loans",),
    silent_on=(
        "CHECK TABLE loans",
        "SELECT 'repair table t'",
    ),
    matches=matches,
    clause="dont-run-migrations",
)
