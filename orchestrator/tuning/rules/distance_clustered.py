"""IVFFlat is the other index that pgvector has: quick to build, cheap to write, weaker in recall for the same time."""

from __future__ import annotations

from collections.abc import Sequence
from math import isqrt

from orchestrator.tuning.ann import MAX_HNSW_DIMENSIONS, ann_index, slot, unindexed
from orchestrator.tuning.record import Change, Example, Knob, Rule, Situation


def lists(rows: int) -> int:
    """rows / 1000 up to a million rows, the square root beyond, at least 10 (pgvector's README, "IVFFlat")."""
    return max(10, rows // 1000 if rows <= 1_000_000 else isqrt(rows))


def propose(situation: Situation) -> Sequence[Change]:
    changes = []
    for near in unindexed(situation):
        opclass = situation.catalog.opclass("ivfflat", near.operator, near.column.base_type)
        rows = near.relation.estimated_rows
        if opclass and rows > 0 and 0 < near.column.dimensions <= MAX_HNSW_DIMENSIONS[near.column.base_type]:
            count = lists(rows)
            knob = Knob(
                setting="ivfflat.probes",
                values=tuple(probes for probes in (1, 4, 8, 16, 32) if probes <= count),
                default=1,
            )
            changes.append(
                Change(
                    rule=RULE.id,
                    title=f"IVFFlat on {near.relation.name}.{near.column.name}",
                    why=f"only the rows of the nearest of {count} clusters are compared",
                    slot=slot(near),
                    preferred=2,
                    index=ann_index(near, "ivfflat", opclass.opclass, options=f"WITH (lists = {count})", knob=knob),
                )
            )
    return changes


ROWS = (
    "CREATE EXTENSION IF NOT EXISTS vector; CREATE TABLE docs (id bigint PRIMARY KEY, embedding vector(3) NOT NULL);"
    " INSERT INTO docs SELECT g, ARRAY[g % 7, g % 11, g % 13]::vector FROM generate_series(1, 500) g; ANALYZE docs"
)

RULE = Rule(
    id="distance-clustered",
    kind="index",
    why="without an index the distance to every row is computed and all rows are sorted for the nearest few",
    keeps="overlap",
    obligation="IVFFlat is approximate: the overlap with the exact answer and the number of rows are measured",
    source="https://github.com/pgvector/pgvector#ivfflat",
    propose=propose,
    fires_on=(Example(schema=ROWS, query="SELECT id FROM docs ORDER BY embedding <=> :v LIMIT 10"),),
    silent_on=(
        # Built on an empty table, the clusters would mean nothing.
        Example(
            schema=ROWS.partition("INSERT")[0],
            query="SELECT id FROM docs ORDER BY embedding <=> :v LIMIT 10",
        ),
        Example(schema=ROWS, query="SELECT id FROM docs ORDER BY id LIMIT 10"),
    ),
)
