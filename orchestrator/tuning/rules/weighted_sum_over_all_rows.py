"""A weighted sum of vector similarity and text rank scores every row; only two short lists of candidates can win.

With weights that are not negative, a row whose text rank is zero and which is not among the k nearest is dominated by
k rows. So the k nearest, together with every row whose rank is above zero, hold the whole top k; both sides of that OR
can be read from an index. Which rows have a rank above zero depends on the function: ts_rank_cd ranks only rows that
match, ts_rank also ranks rows that hold two of three or more terms.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass

from orchestrator.pg import query as q
from orchestrator.pg.catalog import quoted
from orchestrator.tuning.record import Change, Example, Rule, Situation
from orchestrator.tuning.shapes import Distance, TextSearch, sort_expressions, terms

FORBIDDEN = ("with_clause", "group_clause", "having_clause", "distinct_clause", "window_clause", "values_lists", "larg")
# Constructors whose query is a plain conjunction of the words of its text.
CONJUNCTIONS = ("plainto_tsquery",)


@dataclass(frozen=True, kw_only=True)
class WeightedSum:
    near: Distance
    text: TextSearch
    limit: int
    key: str


@dataclass(frozen=True, kw_only=True)
class Candidates:
    """The condition that finds every row whose text rank is above zero, and the WITH tables it needs."""

    name: str
    support: str
    tables: str = ""
    preferred: int


def propose(situation: Situation) -> Sequence[Change]:
    shape = _recognise(situation)
    if shape is None:
        return []
    plain = Candidates(name="matching rows", support=_matching(situation, shape), preferred=1)
    changes = [_change(situation, shape, plain)]
    tables = _partial(situation, shape) if shape.text.how == "ts_rank" else ""
    if tables:
        support = f"{quoted(shape.text.column.name)} @@ (SELECT tsquery FROM pair)"
        pairs = Candidates(name="rows with two of the words", support=support, tables=tables, preferred=0)
        changes.append(_change(situation, shape, pairs))
    return changes


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
        or any(name in select for name in FORBIDDEN)
    ):
        return None
    score = terms(keys[0][0], select, situation.catalog) if keys[0][1] else None
    near = [term.distance for term in score or () if term.distance]
    text = [term.text for term in score or () if term.text]
    if not score or any(term.weight < 0 for term in score):
        return None
    return (
        WeightedSum(near=near[0], text=text[0], limit=count, key=relation.primary_key)
        if len(near) == len(text) == 1
        else None
    )


def _matching(situation: Situation, shape: WeightedSum) -> str:
    """Candidates from the text side: the rows that match."""
    tsquery = q.expression(shape.text.tsquery, situation.query.parameters)
    return f"{quoted(shape.text.column.name)} @@ {tsquery}"


def _partial(situation: Situation, shape: WeightedSum) -> str:
    """WITH tables `word` and `pair`; the query in `pair` matches every row with two of the words, or with all where
    there are fewer than three.
    """
    name, arguments = q.function(shape.text.tsquery)
    if name not in CONJUNCTIONS:
        return ""
    words = ", ".join(q.expression(argument, situation.query.parameters) for argument in arguments)
    tsquery = q.expression(shape.text.tsquery, situation.query.parameters)
    return (
        f"WITH word AS (SELECT unnest(tsvector_to_array(to_tsvector({words}))) AS lexeme), "
        "pair AS (SELECT coalesce("
        "string_agg('(' || quote_literal(a.lexeme) || ' & ' || quote_literal(b.lexeme) || ')', ' | ')::tsquery,"
        f" {tsquery}) AS tsquery FROM word a JOIN word b ON a.lexeme < b.lexeme WHERE (SELECT count(*) FROM word) > 2) "
    )


def _change(situation: Situation, shape: WeightedSum, candidates: Candidates) -> Change:
    return Change(
        rule=RULE.id,
        title=f"score only candidates: {candidates.name} and the {shape.limit} nearest",
        why="no index can serve a sum, so the sum is computed only for rows that can win",
        slot="rewrite",
        preferred=candidates.preferred,
        query=_rewritten(situation, shape, candidates),
    )


def _rewritten(situation: Situation, shape: WeightedSum, candidates: Candidates) -> str:
    tree = situation.query.tree
    key, table = quoted(shape.key), shape.near.relation.qualified
    alias = quoted(next(iter(q.sources(tree))))
    source = table if alias == table else f"{table} {alias}"
    condition = q.expression(tree["where_clause"], situation.query.parameters) if "where_clause" in tree else ""
    also, where = (f" AND ({condition})", f" WHERE {condition}") if condition else ("", "")
    operand = q.expression(shape.near.operand, situation.query.parameters)
    distance = f"{quoted(shape.near.column.name)} {shape.near.operator} {operand}"
    nearest = f"{key} = ANY (ARRAY(SELECT {key} FROM {source}{where} ORDER BY {distance} LIMIT {shape.limit}))"
    condition = f"({candidates.support} OR {nearest}){also}"
    return _merge(q.read(f"{candidates.tables}SELECT FROM {source} WHERE {condition}"), situation.query)


def _merge(pattern: q.Query, original: q.Query) -> str:
    """The original statement with the candidates of `pattern` in front and its condition in place of its own."""
    names = pattern.parameters + tuple(name for name in original.parameters if name not in pattern.parameters)
    tree = deepcopy(original.tree)
    for node in q.walk(tree):
        if "param_ref" in node:
            node["param_ref"]["number"] = names.index(original.parameters[node["param_ref"]["number"] - 1]) + 1
    if "with_clause" in pattern.tree:
        tree["with_clause"] = pattern.tree["with_clause"]
    tree["where_clause"] = pattern.tree["where_clause"]
    return q.render(tree, names)


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
