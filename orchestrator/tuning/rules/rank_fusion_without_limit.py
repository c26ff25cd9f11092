"""Rank fusion numbers every row of the table in each half, though only the first of each half can win.

1 / (60 + rank) of a row far down one half adds next to nothing: what decides is who is among the first. With a LIMIT
inside each half an index can offer those first rows; how many are enough is measured.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy

from orchestrator.pg import query as q
from orchestrator.tuning.fusion import Half, unlimited
from orchestrator.tuning.record import Change, Example, Rule, Situation
from orchestrator.tuning.rules.distance_without_index import EF_SEARCH
from orchestrator.tuning.support import supports

DEPTHS = (40, 100, 200, 400)
BEST = "best"


def propose(situation: Situation) -> Sequence[Change]:
    tree = situation.query.tree
    halves = unlimited(tree, situation.catalog)
    if not halves:
        return []
    by_distance = any(half.near for half in halves)
    wanted = q.limit(tree)
    return [
        Change(
            rule=RULE.id,
            title=f"rank only the {depth} best of each half",
            why=f"an index offers the first {depth} rows of a half; numbering all rows reads and sorts the whole table"
            + ("" if wanted else f"; holds while no more than {depth} rows are asked for"),
            slot="rewrite",
            preferred=position,
            query=_limited(situation, depth),
            settings=_deep_enough(depth) if by_distance else {},
        )
        for position, depth in enumerate(DEPTHS)
        if wanted is None or wanted <= depth
    ]


def _deep_enough(depth: int) -> dict[str, str]:
    """HNSW gives no more rows than hnsw.ef_search, whatever the LIMIT (pgvector's README, "HNSW", "Query Options")."""
    return {EF_SEARCH.setting: str(depth)} if depth > EF_SEARCH.default else {}


def _limited(situation: Situation, depth: int) -> str:
    tree = deepcopy(situation.query.tree)
    for half in unlimited(tree, situation.catalog):
        _limit(half, depth, situation.query.parameters)
    return q.render(tree, situation.query.parameters)


def _limit(half: Half, depth: int, parameters: tuple[str, ...]) -> None:
    """Puts the half's rows into a subselect with ORDER BY and LIMIT, and the ranking over that."""
    select = half.select
    over = half.call["func_call"]["over"]
    order = deepcopy(over["order_clause"])
    if half.near:
        order[0]["sort_by"] |= {"node": half.near.node, "sortby_dir": "SORTBY_DEFAULT"}
    keys = [f"key_{position}" for position in range(1, len(order) + 1)]
    others = [target for target in select["target_list"] if target["res_target"] is not half.target]
    inner = {**select, **_found(half, parameters), "sort_clause": order, "limit_count": _number(depth)}
    inner["limit_option"] = "LIMIT_OPTION_COUNT"
    inner["target_list"] = others + [
        {"res_target": {"name": key, "val": item["sort_by"]["node"]}} for key, item in zip(keys, order, strict=True)
    ]
    over["order_clause"] = [
        {"sort_by": {**item["sort_by"], "node": _column(key)}} for key, item in zip(keys, order, strict=True)
    ]
    outputs = [
        target if target["res_target"] is half.target else _handed_on(target["res_target"])
        for target in select["target_list"]
    ]
    best = {"range_subselect": {"subquery": {"select_stmt": inner}, "alias": {"aliasname": BEST}}}
    select.clear()
    select.update(target_list=outputs, from_clause=[best], limit_option="LIMIT_OPTION_DEFAULT", op="SETOP_NONE")


def _found(half: Half, parameters: tuple[str, ...]) -> q.Node:
    """The WITH and WHERE of a half by text rank: only rows whose rank is above zero, in whatever way it finds them."""
    where = half.select.get("where_clause")
    if half.text is None or any(q.operator(node) == "@@" for node in q.walk(where)):
        return {}
    support = supports(half.text, parameters, q.sources(half.select))[0]
    if support.caveat:
        return {}
    tables = f"WITH {support.tables} " if support.tables else ""
    pattern = q.fragment(f"{tables}SELECT WHERE {support.condition}", parameters)
    both = {"bool_expr": {"boolop": "AND_EXPR", "args": [where, pattern["where_clause"]]}}
    found = {"where_clause": both if where else pattern["where_clause"]}
    return found | ({"with_clause": pattern["with_clause"]} if "with_clause" in pattern else {})


def _handed_on(target: q.Node) -> q.Node:
    column = q.column(target["val"]) if "name" not in target else None
    return {"res_target": {"val": _column(column[1] if column else target["name"])}}


def _column(name: str) -> q.Node:
    return {"column_ref": {"fields": [{"string": {"sval": name}}]}}


def _number(value: int) -> q.Node:
    return {"a_const": {"ival": {"ival": value}}}


DOCS = (
    "CREATE EXTENSION IF NOT EXISTS vector;"
    " CREATE TABLE docs (id bigint PRIMARY KEY, lang text, embedding vector(3) NOT NULL, tsv tsvector NOT NULL)"
)
NEAR = "SELECT id, row_number() OVER (ORDER BY embedding <=> :v) AS r FROM docs"
WORDS = "SELECT id, rank() OVER (ORDER BY ts_rank_cd(tsv, plainto_tsquery(:q)) DESC) AS r FROM docs"
MATCH = f"{WORDS} WHERE tsv @@ plainto_tsquery(:q)"
GUARDED = "coalesce(1.0 / (60 + near.r), 0)"
SCORE = f"{GUARDED} + coalesce(1.0 / (60 + words.r), 0)"
JOIN = f"SELECT coalesce(near.id, words.id) AS id, {SCORE} AS score FROM near FULL JOIN words ON near.id = words.id"


def fused(near: str = NEAR, words: str = MATCH, rest: str = f"{JOIN} ORDER BY score DESC LIMIT 10") -> Example:
    return Example(schema=DOCS, query=f"WITH near AS ({near}), words AS ({words}) {rest}")


UNION = "SELECT id, r FROM near UNION ALL SELECT id, r FROM words"

RULE = Rule(
    id="rank-fusion-without-limit",
    kind="rewrite",
    why="to number the rows of a half all of them are read and sorted, whatever indexes exist",
    keeps="overlap",
    obligation="rows beyond the stated number of each half no longer count: overlap with the exact answer is measured",
    source="https://github.com/pgvector/pgvector#hybrid-search",
    propose=propose,
    fires_on=(
        fused(),
        fused(words=WORDS),
        fused(words=WORDS.replace("_cd", "")),
        fused(
            near=NEAR.replace("FROM docs", "FROM docs d WHERE d.lang = :lang").replace("id, row", "d.id, row"),
            rest="SELECT u.id, sum(1.0 / (60 + u.r)) AS score FROM"
            f" ({UNION}) AS u GROUP BY u.id ORDER BY score DESC, u.id LIMIT 20",
        ),
        fused(
            near="SELECT id, 1.0 / (60 + row_number() OVER (ORDER BY 1 - (embedding <=> :v) DESC, id)) AS s FROM docs",
            words=MATCH.replace("rank() OVER", "1.0 / (60 + rank() OVER").replace("DESC) AS r", "DESC)) AS s"),
            rest="SELECT id, coalesce(n.s, 0) * 0.7 + coalesce(w.s, 0) * 0.3 AS score FROM near n"
            " FULL JOIN words w USING (id) ORDER BY score DESC LIMIT 10",
        ),
        fused(
            rest=f"SELECT d.id, {SCORE} AS score FROM near FULL JOIN words ON near.id = words.id"
            " JOIN docs d ON d.id = coalesce(near.id, words.id) ORDER BY score DESC LIMIT 10",
        ),
        Example(
            schema=DOCS,
            query=f"SELECT coalesce(near.id, words.id) AS id FROM ({NEAR}) AS near FULL JOIN ({MATCH}) AS words"
            f" ON near.id = words.id ORDER BY {SCORE} DESC LIMIT 10",
        ),
    ),
    silent_on=(
        # Both halves are limited already.
        fused(
            near="SELECT id, row_number() OVER (ORDER BY d) AS r FROM"
            " (SELECT id, embedding <=> :v AS d FROM docs ORDER BY d LIMIT 40) AS s",
            words=f"{MATCH} LIMIT 40",
        ),
        # The ranks are shown: those beyond the limit would turn NULL.
        fused(rest=f"{JOIN.replace(' AS score', ' AS score, near.r')} ORDER BY score DESC LIMIT 10"),
        # The filter may want rows that a limit would have cut.
        fused(rest=f"{JOIN} WHERE near.r < 500 ORDER BY score DESC LIMIT 10"),
        fused(rest=f"{JOIN} JOIN docs d ON d.lang = 'en' ORDER BY score DESC LIMIT 10"),
        fused(rest=f"{JOIN.replace('FULL JOIN', 'JOIN')} ORDER BY score DESC LIMIT 10"),
        # The score grows with the rank, or is not what decides.
        fused(rest=f"{JOIN.replace('1.0 / (60 + near.r)', 'near.r')} ORDER BY score DESC LIMIT 10"),
        fused(rest=f"{JOIN} ORDER BY score LIMIT 10"),
        fused(rest=f"{JOIN} ORDER BY id DESC LIMIT 10"),
        # All rows are wanted.
        fused(rest=f"{JOIN} ORDER BY score DESC"),
        # Without coalesce a row that is missing from one half would get no score.
        fused(rest=f"{JOIN.replace(GUARDED, '1.0 / (60 + near.r)')} ORDER BY score DESC LIMIT 10"),
        # The worst rows are ranked first.
        fused(near=NEAR.replace("<=> :v)", "<=> :v DESC)"), words=f"{MATCH} LIMIT 40"),
        # A ranking for each language is another question.
        fused(near=NEAR.replace("OVER (", "OVER (PARTITION BY lang "), words=f"{MATCH} LIMIT 40"),
    ),
)
