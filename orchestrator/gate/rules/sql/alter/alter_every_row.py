"""ALTER TABLE … DELETE or UPDATE of every row, in ClickHouse."""

from __future__ import annotations

from orchestrator.gate.rule import DENY, Rule
from orchestrator.gate.sql.actions import mutates
from orchestrator.gate.sql.rows import every_row

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement


def matches(statement: Statement) -> bool:
    return mutates(statement) and every_row(statement)


RULE = Rule(
    id="alter-every-row",
    decision=DENY,
    why="the mutation would delete or overwrite every row of the table",
    instead="name the rows in WHERE",
    source="https://clickhouse.com/docs/sql-reference/statements/alter/delete",
    fires_on=(
        "ALTER TABLE hits DELETE WHERE 1",
        "ALTER TABLE hits UPDATE a = 1 WHERE 1 = 1",
    ),
    silent_on=(
        "ALTER TABLE hits DELETE WHERE id = 3",
        "SELECT 'ALTER TABLE hits DELETE WHERE 1'",
    ),
    matches=matches,
    clause="dont-write-production",
)
