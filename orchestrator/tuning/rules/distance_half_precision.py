"""An HNSW index over half-precision copies is little more than half as large; the query has to say the same cast."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy

from orchestrator.pg import query as q
from orchestrator.pg.catalog import quoted
from orchestrator.tuning.ann import MAX_HNSW_DIMENSIONS, ann_index, slot, unindexed
from orchestrator.tuning.record import Change, Example, Rule, Situation
from orchestrator.tuning.rules.distance_without_index import EF_SEARCH
from orchestrator.tuning.shapes import Distance, distance, sort_expressions


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
                    slot=slot(near),
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
    """The query with both sides of the distance cast to halfvec where it is what a SELECT is first sorted by.

    Everywhere else, in the output above all, it keeps its full precision.
    """
    tree = deepcopy(situation.query.tree)
    for select in q.selects(tree):
        keys = sort_expressions(select)
        found = distance(keys[0][0], select, situation.catalog) if keys else None
        same = found and (found.relation, found.column, found.operator) == (near.relation, near.column, near.operator)
        if same and "distinct_clause" not in select and "group_clause" not in select:
            select["sort_clause"][0]["sort_by"]["node"] = _halved(keys[0][0], near.column.dimensions)
    return q.render(tree, situation.query.parameters)


def _halved(node: q.Node, dimensions: int) -> q.Node:
    expr = node["a_expr"]
    return {"a_expr": {**expr, **{side: _to_halfvec(expr[side], dimensions) for side in ("lexpr", "rexpr")}}}


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
