"""An HNSW index over half-precision copies is little more than half as large; the query has to say the same cast."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy

from orchestrator.pg import query as q
from orchestrator.pg.catalog import quoted
from orchestrator.tuning.ann import MAX_HNSW_DIMENSIONS, ann_index, unindexed
from orchestrator.tuning.record import Change, Example, Rule, Situation
from orchestrator.tuning.rules.distance_without_index import EF_SEARCH
from orchestrator.tuning.shapes import Distance


def propose(situation: Situation) -> Sequence[Change]:
    changes = []
    for near in unindexed(situation):
        opclass = situation.catalog.opclass("hnsw", near.operator, "halfvec")
        if (
            opclass
            and near.column.base_type == "vector"
            and 0 < near.column.dimensions <= MAX_HNSW_DIMENSIONS["halfvec"]
        ):
            key = f"(({quoted(near.column.name)})::halfvec({near.column.dimensions}))"
            changes.append(
                Change(
                    rule=RULE.id,
                    title=f"half-precision HNSW on {near.relation.name}.{near.column.name}",
                    why="the graph holds two bytes for each dimension instead of four",
                    slot=f"ann:{near.relation.name}.{near.column.name}",
                    preferred=1,
                    index=ann_index(
                        near,
                        "hnsw",
                        opclass.opclass,
                        options="WITH (m = 16, ef_construction = 64)",
                        knob=EF_SEARCH,
                        key=key,
                    ),
                    query=_cast(situation, near),
                )
            )
    return changes


def _cast(situation: Situation, near: Distance) -> str:
    """The query with both sides of every such distance cast to halfvec."""
    tree = deepcopy(situation.query.tree)
    for node in q.walk(tree):
        if node == near.node or (
            q.operator(node) == near.operator and q.column(q.operands(node)[0]) == q.column(q.operands(near.node)[0])
        ):
            for side in ("lexpr", "rexpr"):
                node["a_expr"][side] = _to_halfvec(node["a_expr"][side], near.column.dimensions)
    return q.render(tree, situation.query.parameters)


def _to_halfvec(node: q.Node, dimensions: int) -> q.Node:
    name = {
        "names": [{"string": {"sval": "halfvec"}}],
        "typmods": [{"a_const": {"ival": {"ival": dimensions}}}],
        "typemod": -1,
    }
    return {"type_cast": {"arg": node, "type_name": name}}


DOCS = "CREATE EXTENSION IF NOT EXISTS vector; CREATE TABLE docs (id bigint PRIMARY KEY, embedding vector(3) NOT NULL)"

RULE = Rule(
    id="distance-half-precision",
    kind="index",
    why="a full-precision HNSW index is as large as the vectors themselves and has to stay in memory",
    keeps="overlap",
    obligation="HNSW is approximate, half precision rounds: overlap with the exact answer and row count are measured",
    source="https://github.com/pgvector/pgvector#half-precision-indexing",
    propose=propose,
    fires_on=(Example(schema=DOCS, query="SELECT id FROM docs ORDER BY embedding <=> :v LIMIT 10"),),
    silent_on=(
        Example(
            schema=DOCS.replace("vector(3)", "halfvec(3)"),
            query="SELECT id FROM docs ORDER BY embedding <=> :v LIMIT 10",
        ),
        Example(schema=DOCS, query="SELECT id FROM docs LIMIT 10"),
    ),
)
