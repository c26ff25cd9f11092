"""`ORDER BY 1 - (a <=> b) DESC` is the order of `a <=> b`, but no index serves an expression over the distance."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy

from orchestrator.pg import query as q
from orchestrator.tuning.record import Change, Example, Rule, Situation
from orchestrator.tuning.shapes import Distance, sort_expressions, terms


def propose(situation: Situation) -> Sequence[Change]:
    tree = deepcopy(situation.query.tree)
    found = [near for select in q.selects(tree) if (near := _simplify(select, situation))]
    if not found:
        return []
    return [
        Change(
            rule=RULE.id,
            title="order by the distance itself",
            why=f"only a bare {found[0].operator} in ORDER BY can be read from an index; the order is the same",
            slot="rewrite",
            query=q.render(tree, situation.query.parameters),
        )
    ]


def _simplify(select: q.Node, situation: Situation) -> Distance | None:
    """Replaces the first sort key of `select` by the distance inside it, where that is all the key depends on."""
    keys = sort_expressions(select)
    if not keys or "limit_count" not in select or "distinct_clause" in select or "group_clause" in select:
        return None
    expression, descending = keys[0]
    score = terms(expression, select, situation.catalog)
    if not score or len(score) != 1:
        return None
    near = score[0].distance
    if near is None or near.node == expression or (score[0].weight > 0) is not descending or not near.column.not_null:
        return None
    select["sort_clause"][0]["sort_by"] = {
        "node": near.node,
        "sortby_dir": "SORTBY_DEFAULT",
        "sortby_nulls": "SORTBY_NULLS_DEFAULT",
    }
    return near


DOCS = "CREATE EXTENSION IF NOT EXISTS vector; CREATE TABLE docs (id bigint PRIMARY KEY, embedding vector(3) NOT NULL)"

RULE = Rule(
    id="similarity-descending",
    kind="rewrite",
    why="an expression over the distance hides it from every index, so all rows are compared and sorted",
    keeps="overlap",
    obligation="the order is the same, ties aside; what an approximate index loses is measured",
    source="https://github.com/pgvector/pgvector#query-options",
    propose=propose,
    fires_on=(
        Example(schema=DOCS, query="SELECT id FROM docs ORDER BY 1 - (embedding <=> :v) DESC LIMIT 10"),
        Example(
            schema=DOCS,
            query="SELECT id, 1 - (embedding <=> :v) AS similarity FROM docs ORDER BY similarity DESC LIMIT 10",
        ),
        Example(schema=DOCS, query="SELECT id FROM docs ORDER BY (embedding <=> :v) + 0 LIMIT 10"),
        Example(schema=DOCS, query="SELECT id FROM docs ORDER BY 1 - (embedding <=> :v) DESC, id LIMIT 10"),
    ),
    silent_on=(
        Example(schema=DOCS, query="SELECT id FROM docs ORDER BY embedding <=> :v LIMIT 10"),
        # The farthest rows are wanted: no index offers them.
        Example(schema=DOCS, query="SELECT id FROM docs ORDER BY 1 - (embedding <=> :v) LIMIT 10"),
        Example(schema=DOCS, query="SELECT id FROM docs ORDER BY 1 - (embedding <=> :v) DESC"),
        # A row without a vector comes first in the original order and last in the rewritten one.
        Example(
            schema=DOCS.replace(" NOT NULL", ""),
            query="SELECT id FROM docs ORDER BY 1 - (embedding <=> :v) DESC LIMIT 10",
        ),
    ),
)
