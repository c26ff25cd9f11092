"""RENAME takes a table away from those who use it."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement


def matches(statement: Statement) -> bool:
    return len(statement.words) > 1


RULE = Rule(
    id="rename-object",
    decision=ASK,
    why="RENAME makes every query under the old name fail at once",
    instead="write a migration and let a person run it",
    source="https://dev.mysql.com/doc/refman/8.4/en/rename-table.html",
    fires_on=(
        "RENAME TABLE a TO b",
        "RENAME USER a TO b",
    ),
    silent_on=(
        "SELECT rename FROM t",
        "SELECT 'rename table a to b'",
    ),
    matches=matches,
    clause="dont-run-migrations",
)
