"""OPTIMIZE TABLE rewrites a table."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement


def matches(statement: Statement) -> bool:
    return len(statement.words) > 1


RULE = Rule(
    id="optimize-table",
    decision=ASK,
    why="OPTIMIZE TABLE rewrites the whole table, and in MySQL locks it at least briefly",
    instead="let a person run it at a quiet time",
    source="https://dev.mysql.com/doc/refman/8.4/en/optimize-table.html",
    fires_on=(
        "OPTIMIZE TABLE loans",
        "OPTIMIZE TABLE hits FINAL",
    ),
    silent_on=(
        "SELECT optimize FROM t",
        "SELECT 'optimize table t'",
    ),
    matches=matches,
    clause="dont-run-migrations",
)
