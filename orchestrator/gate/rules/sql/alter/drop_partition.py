"""ALTER TABLE … DROP or TRUNCATE PARTITION, and its like, remove a part of the table's data."""

from __future__ import annotations

from orchestrator.gate.rule import DENY, Rule
from orchestrator.gate.sql.actions import drops_part

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement


def matches(statement: Statement) -> bool:
    return drops_part(statement)


RULE = Rule(
    id="drop-partition",
    decision=DENY,
    why="the rows of the partition, or all values of the column, are removed; only a backup brings them back",
    instead="detach or exchange the partition and keep it until a person removes it",
    source="https://dev.mysql.com/doc/refman/8.4/en/alter-table-partition-operations.html",
    fires_on=(
        "ALTER TABLE logs DROP PARTITION p2019",
        "ALTER TABLE logs TRUNCATE PARTITION p0",
        "ALTER TABLE t DISCARD TABLESPACE",
        "ALTER TABLE t CLEAR COLUMN c",
    ),
    silent_on=(
        "ALTER TABLE logs DETACH PARTITION logs_2019",
        "SELECT 'ALTER TABLE t DROP PARTITION p'",
    ),
    matches=matches,
    clause="dont-drop",
)
