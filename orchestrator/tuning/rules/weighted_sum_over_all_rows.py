"""A weighted sum of vector similarity and text rank scores every row; only two short lists of candidates can win.

With weights that are not negative, a row whose text rank is zero and which is not among the k nearest is dominated by
k rows. So the k nearest, together with every row whose rank is above zero, hold the whole top k; both sides of that OR
can be read from an index. Which rows have a rank above zero is the matter of `orchestrator.tuning.support`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from orchestrator.pg import query as q
from orchestrator.pg.catalog import quoted
from orchestrator.tuning.record import Change, Example, Rule, Situation
from orchestrator.tuning.shapes import Distance, TextSearch, sort_expressions, terms
from orchestrator.tuning.support import Support, supports

FORBIDDEN = ("with_clause", "group_clause", "having_clause", "distinct_clause", "window_clause", "values_lists", "larg")


@dataclass(frozen=True, kw_only=True)
class WeightedSum:
    near: Distance
    text: TextSearch
    limit: int
    key: str  # quoted where SQL needs it


def propose(situation: Situation) -> Sequence[Change]:
    shape = _recognise(situation)
    if shape is None:
        return []
    taken = {*q.sources(situation.query.tree), shape.near.relation.name}
    found = supports(shape.text, situation.query.parameters, taken)
    return [_change(situation, shape, support, preferred) for preferred, support in enumerate(found)]


def _recognise(situation: Situation) -> WeightedSum | None:
    select = situation.query.tree
    sources = q.sources(select)
    relation = situation.catalog.relation(next(iter(sources.values()), ""))
    keys = sort_expressions(select)
    count = q.limit(select)
    simple = len(sources) == 1 and len(select["from_clause"]) == 1 and "range_var" in select["from_clause"][0]
    if (
        not simple
        or relation is None
        or relation.primary_key is None
        or not keys
        or not count
        or select["limit_option"] != "LIMIT_OPTION_COUNT"
        or any(name in select for name in FORBIDDEN)
    ):
        return None
    return _weighed(select, situation, relation.primary_key, count) if keys[0][1] else None


def _weighed(select: q.Node, situation: Situation, key: str, count: int) -> WeightedSum | None:
    score = terms(sort_expressions(select)[0][0], select, situation.catalog)
    near = [term for term in score or () if term.distance]
    text = [term for term in score or () if term.text]
    if len(near) != 1 or len(text) != 1 or near[0].weight <= 0 or text[0].weight < 0:
        return None
    if near[0].distance is None or text[0].text is None:
        return None
    return WeightedSum(near=near[0].distance, text=text[0].text, limit=count, key=key)


def _change(situation: Situation, shape: WeightedSum, support: Support, preferred: int) -> Change:
    return Change(
        rule=RULE.id,
        title=f"score only candidates: {support.name} and the {shape.limit} nearest",
        why=f"no index can serve a sum, so the sum is computed only for rows that can win{_while(shape)}",
        slot="rewrite",
        preferred=preferred,
        query=_rewritten(situation, shape, support),
        caveat=support.caveat,
    )


def _while(shape: WeightedSum) -> str:
    """The assumption about NULL: a row without vector or words has no score, and comes first in descending order."""
    nullable = [column.name for column in (shape.near.column, shape.text.column) if not column.not_null]
    return f"; holds while {' and '.join(nullable)} have no NULL in {shape.near.relation.name}" if nullable else ""


def _rewritten(situation: Situation, shape: WeightedSum, support: Support) -> str:
    tree = situation.query.tree
    table, alias = shape.near.relation.qualified, quoted(next(iter(q.sources(tree))))
    source = table if alias == table else f"{table} {alias}"
    condition = q.expression(tree["where_clause"], situation.query.parameters) if "where_clause" in tree else ""
    also, where = (f" AND ({condition})", f" WHERE {condition}") if condition else ("", "")
    operand = q.expression(shape.near.operand, situation.query.parameters)
    distance = f"{quoted(shape.near.column.name)} {shape.near.operator} ({operand})"
    nearest = f"SELECT {shape.key} FROM {source}{where} ORDER BY {distance} LIMIT {shape.limit}"
    candidates = f"({support.condition} OR {shape.key} = ANY (ARRAY({nearest}))){also}"
    tables = f"WITH {support.tables} " if support.tables else ""
    pattern = q.fragment(f"{tables}SELECT FROM {source} WHERE {candidates}", situation.query.parameters)
    tree = {**tree, **{name: pattern[name] for name in pattern if name in ("with_clause", "where_clause")}}
    return q.render(tree, situation.query.parameters)


DOCS = (
    "CREATE EXTENSION IF NOT EXISTS vector;"
    " CREATE TABLE docs (id bigint PRIMARY KEY, lang text, embedding vector(3) NOT NULL, tsv tsvector NOT NULL);"
    " CREATE TABLE tags (id bigint PRIMARY KEY, doc_id bigint)"
)
SUM = "0.5 * (1 - (embedding <=> :v)) + 0.5 * ts_rank(tsv, plainto_tsquery('english', :q))"

RULE = Rule(
    id="weighted-sum-over-all-rows",
    kind="rewrite",
    why="the sum depends on two columns at once, so every row is scored and sorted, whatever indexes exist",
    keeps="overlap",
    obligation="no weight is negative and the candidates hold every row whose text rank is above zero: the overlap with"
    " the exact answer is measured",
    source="https://www.postgresql.org/docs/current/textsearch-controls.html#TEXTSEARCH-RANKING",
    propose=propose,
    fires_on=(
        Example(schema=DOCS, query=f"SELECT id, {SUM} AS score FROM docs ORDER BY score DESC LIMIT 10"),
        Example(schema=DOCS, query=f"SELECT d.id FROM docs d WHERE d.lang = :lang ORDER BY {SUM} DESC, d.id LIMIT 10"),
        Example(
            schema=DOCS,
            query="SELECT id FROM docs ORDER BY ts_rank_cd(tsv, websearch_to_tsquery(:q)) * 2 - (embedding <=> :v) DESC"
            " LIMIT 5 OFFSET 5",
        ),
    ),
    silent_on=(
        # Only the rank counts: the nearest rows are no better than others without the words.
        Example(schema=DOCS, query="SELECT id FROM docs ORDER BY ts_rank(tsv, plainto_tsquery(:q)) DESC LIMIT 10"),
        # A negative weight makes rows without the words win.
        Example(
            schema=DOCS,
            query="SELECT id FROM docs ORDER BY 1-(embedding <=> :v) - ts_rank(tsv, plainto_tsquery(:q)) DESC LIMIT 9",
        ),
        Example(schema=DOCS, query=f"SELECT id, {SUM} AS score FROM docs ORDER BY score LIMIT 10"),
        Example(schema=DOCS, query=f"SELECT id, {SUM} AS score FROM docs ORDER BY score DESC"),
        Example(
            schema=DOCS,
            query=f"SELECT docs.id FROM docs JOIN tags ON tags.doc_id = docs.id ORDER BY {SUM} DESC LIMIT 10",
        ),
        Example(
            schema=DOCS,
            query="SELECT id FROM docs ORDER BY (embedding <=> :v) * ts_rank(tsv, plainto_tsquery(:q)) DESC LIMIT 10",
        ),
    ),
)
