"""MERGE whose condition holds for every row, with DELETE or UPDATE."""

from __future__ import annotations

from orchestrator.gate.rule import DENY, Rule
from orchestrator.gate.sql.rows import merges_all

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement


def matches(statement: Statement) -> bool:
    return merges_all(statement)


RULE = Rule(
    id="merge-every-row",
    decision=DENY,
    why="the ON condition holds for every row, so MERGE would delete or overwrite all of the target",
    instead="join target and source on their key",
    source="https://www.postgresql.org/docs/current/sql-merge.html",
    fires_on=(
        "MERGE INTO t USING s ON true WHEN MATCHED THEN DELETE",
        "merge into t using s on 1 = 1 when matched then update set a = 1",
    ),
    silent_on=(
        "MERGE INTO t USING s ON t.id = s.id WHEN MATCHED THEN DELETE",
        "SELECT 'MERGE INTO t USING s ON true WHEN MATCHED THEN DELETE'",
        "MERGE INTO t USING s ON true WHEN NOT MATCHED THEN INSERT VALUES (1)",
    ),
    matches=matches,
    clause="dont-write-production",
)
