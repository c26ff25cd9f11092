"""Rewrites against the query they replace, on generated rows and without an approximate index: nothing may be lost
that is not said to be.
"""

from __future__ import annotations

from random import Random

import pytest

from orchestrator.pg import catalog as catalogs
from orchestrator.pg import connect, scratch
from orchestrator.tuning import experiment
from orchestrator.tuning.bench import Arm, Bench

pytestmark = pytest.mark.pg
ROWS = 600
WORDS = [f"{first}{last}" for first in ("amber", "cedar", "fjord", "jasper", "quartz") for last in ("a", "e", "i", "o")]
SCHEMA = """
CREATE EXTENSION vector;
CREATE TABLE docs (id int PRIMARY KEY, lang text NOT NULL, embedding vector(4) NOT NULL, tsv tsvector NOT NULL);
"""


def vector(draw):
    return str([round(draw.uniform(-1, 1), 3) for _ in range(4)])


def words(draw, count):
    return " ".join(draw.sample(WORDS, count))


@pytest.fixture(scope="module")
def bench(server):
    dsn = scratch.create_database(server, "rewrites")
    draw = Random(7)
    with connect.scratch(dsn) as connection:
        connection.execute(SCHEMA)
        rows = [(number, draw.choice(["en", "de"]), vector(draw), words(draw, 5)) for number in range(ROWS)]
        connection.cursor().executemany("INSERT INTO docs VALUES (%s, %s, %s, to_tsvector('simple', %s))", rows)
        connection.execute("VACUUM ANALYZE docs")
        yield Bench(connection)
    with connect.scratch(server.dsn()) as connection:
        connection.execute("DROP DATABASE rewrites WITH (FORCE)")


def rewrites(bench, query, rule):
    catalog = catalogs.read(bench.connection, ["docs"])
    return [change for change in experiment.propose(query, catalog) if change.rule == rule]


def answer(bench, query, binding, settings=None):
    return [row[0] for row in bench.run(Arm(name="any", query=query, settings=settings or {}), binding).rows]


def bindings(count, seed=1):
    """Ten questions of `count` words each."""
    draw = Random(seed)
    return [{"v": vector(draw), "q": words(draw, count)} for _ in range(10)]


def summed(rank, *, where="", rest="LIMIT 10"):
    return f"SELECT id FROM docs {where} ORDER BY 0.3 * (1 - (embedding <=> :v)) + 0.7 * {rank} DESC, id {rest}"


PLAIN = "ts_rank(tsv, plainto_tsquery('simple', :q))"
COVER = "ts_rank_cd(tsv, plainto_tsquery('simple', :q))"


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5])
@pytest.mark.parametrize(
    "query",
    [
        summed(PLAIN),
        summed(COVER),
        summed(PLAIN, rest="LIMIT 10 OFFSET 25"),
        summed(PLAIN, where="WHERE lang = 'de'"),
        summed(COVER, where="WHERE lang = 'de' AND id > 50", rest="LIMIT 5 OFFSET 5"),
        summed("ts_rank(tsv, phraseto_tsquery('simple', :q))"),
        summed("ts_rank_cd(tsv, phraseto_tsquery('simple', :q))"),
        summed("ts_rank('{0.1, 0.2, 0.4, 1.0}', tsv, plainto_tsquery('simple', :q), 1)"),
    ],
)
def test_scoring_only_candidates_gives_the_exact_answer(bench, query, count):
    best = rewrites(bench, query, "weighted-sum-over-all-rows")[0]
    assert best.caveat == ""
    assert ("two of the words" in best.title) is ("ts_rank(" in query)
    for binding in bindings(count):
        assert answer(bench, best.query, binding) == answer(bench, query, binding)


@pytest.mark.parametrize("question", ["{0} {1} {2}", "{0} or {1} {2}", '"{0} {1}" {2}', "{0} {1} -{2}", "-{0}", "{0}"])
@pytest.mark.parametrize("rank", ["ts_rank", "ts_rank_cd"])
def test_web_searches_with_their_operators_lose_nothing(bench, rank, question):
    query = summed(f"{rank}(tsv, websearch_to_tsquery('simple', :q))")
    best = rewrites(bench, query, "weighted-sum-over-all-rows")[0]
    for binding in bindings(3):
        asked = {**binding, "q": question.format(*binding["q"].split())}
        assert answer(bench, best.query, asked) == answer(bench, query, asked)


def test_candidates_that_match_lose_rows_with_some_of_the_words_and_are_said_to(bench):
    query = summed(PLAIN)
    matching = rewrites(bench, query, "weighted-sum-over-all-rows")[1]
    assert "loses rows" in matching.caveat
    lost = [answer(bench, matching.query, asked) != answer(bench, query, asked) for asked in bindings(4)]
    assert any(lost)


@pytest.mark.parametrize(
    ("document", "question", "rank", "rank_cd"),
    [
        ("a b c", "a & b & c", True, True),
        ("a b x", "a & b & c", True, False),
        ("a x y", "a & b & c", False, False),
        ("a x b", "a <-> b", True, False),
        ("a b", "a & !b", True, True),
        ("a", "a | b", True, True),
        ("x", "a | b", False, False),
    ],
)
def test_which_rows_a_text_rank_puts_above_the_others(bench, document, question, rank, rank_cd):
    found = bench.connection.execute(
        "SELECT ts_rank(d, q) > 1e-10, ts_rank_cd(d, q) > 1e-10"
        " FROM (SELECT to_tsvector('simple', %s) AS d, to_tsquery('simple', %s) AS q) AS t",
        (document, question),
    ).fetchone()
    assert found == (rank, rank_cd)


def fused(words_half):
    return (
        "WITH near AS (SELECT id, row_number() OVER (ORDER BY embedding <=> :v, id) AS r FROM docs),"
        f" words AS ({words_half})"
        " SELECT coalesce(near.id, words.id) AS id FROM near FULL JOIN words ON near.id = words.id"
        " ORDER BY coalesce(1.0 / (60 + near.r), 0) + coalesce(1.0 / (60 + words.r), 0) DESC, 1 LIMIT 10"
    )


RANKED = (
    "SELECT id, row_number() OVER (ORDER BY ts_rank_cd(tsv, plainto_tsquery('simple', :q)) DESC, id) AS r FROM docs"
)
MATCHED = f"{RANKED} WHERE tsv @@ plainto_tsquery('simple', :q)"


def test_a_deeper_limit_in_a_rank_fusion_brings_the_exact_answer(bench):
    query = fused(MATCHED)
    changes = rewrites(bench, query, "rank-fusion-without-limit")
    shares = []
    for change in changes:
        pairs = [(answer(bench, query, asked), answer(bench, change.query, asked)) for asked in bindings(1)]
        assert all(len(exact) == len(found) == 10 for exact, found in pairs)
        shares.append(
            sum(len(set(exact) & set(found)) for exact, found in pairs) / sum(len(exact) for exact, _ in pairs)
        )
    assert [change.title for change in changes] == [f"rank only the {n} best of each half" for n in (40, 100, 200, 400)]
    assert shares == sorted(shares)
    assert shares[0] < shares[-1]
    assert shares[-1] > 0.95


def test_an_approximate_index_is_told_to_offer_as_many_rows_as_a_half_wants(bench):
    changes = rewrites(bench, fused(MATCHED), "rank-fusion-without-limit")
    assert [change.settings.get("hnsw.ef_search") for change in changes] == [None, "100", "200", "400"]
    bench.connection.execute("CREATE INDEX near_docs ON docs USING hnsw (embedding vector_cosine_ops)")
    bench.connection.execute("SET enable_seqscan = off; SET enable_sort = off")
    (binding, *_) = bindings(1)
    for change, depth in zip(changes, (40, 100, 200, 400), strict=True):
        near = f"SELECT id FROM docs ORDER BY embedding <=> :v LIMIT {depth}"
        assert len(answer(bench, near, binding, settings=change.settings)) == depth
        assert depth == 40 or len(answer(bench, near, binding)) == 40
    bench.connection.execute("DROP INDEX near_docs; RESET enable_seqscan; RESET enable_sort")


def test_a_rank_over_all_rows_is_limited_to_those_that_match(bench):
    query = fused(RANKED)
    change = rewrites(bench, query, "rank-fusion-without-limit")[-1]
    assert change.query.count("@@") == 1
    assert change.query.count("LIMIT 400") == 2


def test_a_half_precision_index_leaves_the_output_at_full_precision(bench):
    query = "SELECT id, embedding <=> :v AS distance FROM docs ORDER BY distance LIMIT 10"
    (change,) = rewrites(bench, query, "distance-half-precision")
    (binding, *_) = bindings(1)
    exact = dict(bench.run(Arm(name="any", query=query), binding).rows)
    cast = dict(bench.run(Arm(name="any", query=change.query), binding).rows)
    assert {key: exact[key] for key in cast if key in exact} == {key: cast[key] for key in cast if key in exact}
    assert "halfvec" in change.query
