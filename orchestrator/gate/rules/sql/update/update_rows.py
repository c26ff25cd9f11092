"""UPDATE of the rows that a condition names."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule
from orchestrator.gate.sql.rows import every_row

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement


def matches(statement: Statement) -> bool:
    return statement.word(1) != "STATISTICS" and not every_row(statement)


RULE = Rule(
    id="update-rows",
    decision=ASK,
    why="UPDATE overwrites the rows that its WHERE names; the old values are gone",
    instead="run SELECT with the same WHERE and show the rows before asking for this",
    source="https://www.postgresql.org/docs/current/sql-update.html",
    fires_on=(
        "UPDATE patrons SET fines = 0 WHERE id = 91",
        "UPDATE t SET a = s.a FROM s WHERE s.id = t.id",
        'UPDATE "T" SET a = 1 WHERE CURRENT OF c',
    ),
    silent_on=(
        "SELECT * FROM loans WHERE id = 3 FOR NO KEY UPDATE",
        "EXPLAIN UPDATE t SET a = 1 WHERE id = 2",
        "SELECT 'update t set a = 1 where id = 2'",
    ),
    matches=matches,
    clause="dont-write-production",
)
