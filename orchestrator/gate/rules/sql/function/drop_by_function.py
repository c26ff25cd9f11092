"""Functions that drop tables, columns, partitions or single rows behind the back of SQL."""

from __future__ import annotations

from orchestrator.gate.rule import DENY, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.calls import Invocation

NAMES = frozenset(
    {
        "drop_chunks",
        "dropgeometrytable",
        "dropgeometrycolumn",
        "droptopology",
        "heap_force_kill",
        "drop_partition_time",
        "drop_partition_id",
    }
)


def matches(call: Invocation) -> bool:
    return call.name in NAMES


RULE = Rule(
    id="drop-by-function",
    decision=DENY,
    why="the function drops tables, chunks or columns with all that is in them, or rows by their place on disk",
    instead="let a person run it; show what would go with a SELECT first",
    source="https://www.tigerdata.com/docs/reference/timescaledb/hypertables/drop_chunks",
    fires_on=(
        "SELECT drop_chunks('logs', interval '1 day')",
        "SELECT DropGeometryTable('public', 'roads')",
    ),
    silent_on=(
        "SELECT show_chunks('logs')",
        "SELECT 'drop_chunks(1)'",
    ),
    matches=matches,
    clause="dont-drop",
)
