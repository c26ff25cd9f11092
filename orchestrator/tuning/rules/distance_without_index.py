"""Sorting by distance compares the query vector with every row unless an HNSW index offers the rows in that order."""

from __future__ import annotations

from collections.abc import Sequence

from orchestrator.tuning.ann import MAX_HNSW_DIMENSIONS, ann_index, slot, unindexed
from orchestrator.tuning.record import Change, Example, Knob, Rule, Situation

EF_SEARCH = Knob(setting="hnsw.ef_search", values=(20, 40, 80, 160, 320), default=40)


def propose(situation: Situation) -> Sequence[Change]:
    changes = []
    for near in unindexed(situation):
        if not 0 < near.column.dimensions <= MAX_HNSW_DIMENSIONS[near.column.base_type]:
            continue
        opclass = situation.catalog.opclass("hnsw", near.operator, near.column.base_type)
        if opclass:
            index = ann_index(
                near, "hnsw", opclass.opclass, options="WITH (m = 16, ef_construction = 64)", knob=EF_SEARCH
            )
            changes.append(
                Change(
                    rule=RULE.id,
                    title=f"HNSW on {near.relation.name}.{near.column.name}",
                    why=f"rows come out of the graph in order of {near.operator}, so only a few hundred are compared",
                    slot=slot(near),
                    index=index,
                )
            )
    return changes


DOCS = "CREATE EXTENSION IF NOT EXISTS vector; CREATE TABLE docs (id bigint PRIMARY KEY, embedding vector(3) NOT NULL)"

RULE = Rule(
    id="distance-without-index",
    kind="index",
    why="without an index the distance to every row is computed and all rows are sorted for the nearest few",
    keeps="overlap",
    obligation="HNSW is approximate: the overlap with the exact answer and the number of rows are measured",
    source="https://github.com/pgvector/pgvector#hnsw",
    propose=propose,
    fires_on=(
        Example(schema=DOCS, query="SELECT id FROM docs ORDER BY embedding <=> :v LIMIT 10"),
        Example(
            schema=DOCS,
            query="WITH near AS (SELECT id, embedding <-> :v AS d FROM docs ORDER BY d LIMIT 40) SELECT id FROM near",
        ),
    ),
    silent_on=(
        Example(
            schema=f"{DOCS}; CREATE INDEX ON docs USING hnsw (embedding vector_cosine_ops)",
            query="SELECT id FROM docs ORDER BY embedding <=> :v LIMIT 10",
        ),
        Example(schema=DOCS, query="SELECT id, embedding <=> :v FROM docs WHERE id = :id"),
        # All rows are wanted, in order: an approximate index would leave most of them out.
        Example(schema=DOCS, query="SELECT id FROM docs ORDER BY embedding <=> :v"),
        Example(
            schema=DOCS.replace("vector(3)", "vector"),
            query="SELECT id FROM docs ORDER BY embedding <=> :v LIMIT 10",
        ),
    ),
)
