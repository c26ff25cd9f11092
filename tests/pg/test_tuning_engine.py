"""The whole way from a query to a verdict, on queries of every ordinary shape and on data that are not nice."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from orchestrator.model.errors import CouldNotFindOut, UsageError
from orchestrator.pg import catalog as catalogs
from orchestrator.pg import connect, query, scratch
from orchestrator.tuning import answers, baseline, choice, confirm, exact, experiment, parameters
from orchestrator.tuning.bench import Arm, Bench
from orchestrator.tuning.record import Change, IndexDesign
from orchestrator.tuning.workload import Workload

pytestmark = pytest.mark.pg
SCHEMA = """
CREATE EXTENSION vector;
CREATE TABLE customers (id int PRIMARY KEY, name text, region text);
CREATE TABLE orders (id int PRIMARY KEY, customer_id int, placed date, total numeric, doc jsonb, tags text[]);
CREATE TABLE nokey (a int, b int);
CREATE TABLE pairs (a int, b int, c text, PRIMARY KEY (a, b));
CREATE TABLE named (code text PRIMARY KEY, v float8);
CREATE TABLE nothing (id int PRIMARY KEY, a int);
CREATE TABLE single (id int PRIMARY KEY, a int);
CREATE TABLE items (id int PRIMARY KEY, kind int, embedding vector(3));
INSERT INTO customers SELECT g, 'customer ' || g, (ARRAY['n','s','e','w'])[1 + g % 4] FROM generate_series(1, 3000) g;
INSERT INTO orders SELECT g, nullif(g % 3001, 0), date '2020-01-01' + g % 50, g / 7.0, jsonb_build_object('n', g % 5),
       ARRAY['t' || g % 3] FROM generate_series(1, 90000) g;
INSERT INTO nokey SELECT g % 8000, g % 3 FROM generate_series(1, 240000) g;
-- So many values of a that PostgreSQL 18 gains nothing from skipping through the primary key.
INSERT INTO pairs SELECT g % 5000, g, 'c' || g FROM generate_series(1, 60000) g;
INSERT INTO named SELECT 'k' || g, g / 3.0 FROM generate_series(1, 20000) g;
INSERT INTO single VALUES (1, 1);
INSERT INTO items SELECT g, g % 20, CASE WHEN g % 50 = 0 THEN NULL ELSE ARRAY[sin(g), cos(g), sin(2 * g)]::vector END
FROM generate_series(1, 4000) g;
"""
TABLES = ("customers", "orders", "nokey", "pairs", "named", "nothing", "single", "items")


@pytest.fixture(scope="module")
def filled(server):
    """A database with all tables, as a template."""
    dsn = scratch.create_database(server, "engine")
    with connect.scratch(dsn) as connection:
        connection.execute(SCHEMA)
        connection.execute("VACUUM ANALYZE")
    yield "engine"
    with connect.scratch(server.dsn()) as connection:
        connection.execute("DROP DATABASE engine WITH (FORCE)")


@pytest.fixture
def bench(server, filled):
    dsn = scratch.create_database(server, "engine_copy", template=filled)
    with connect.scratch(dsn) as connection:
        yield Bench(connection, timeout_s=10)
    with connect.scratch(server.dsn()) as connection:
        connection.execute("DROP DATABASE engine_copy WITH (FORCE)")


@dataclass(frozen=True, kw_only=True)
class Found:
    base: baseline.Baseline
    tried: list[experiment.Tried]
    confirmed: confirm.Confirmed | None

    @property
    def verdicts(self):
        return {item.arm.name: item.verdict for item in self.tried}

    @property
    def reasons(self):
        return {item.arm.name: item.reason for item in self.tried}


def workload(bench, text, bindings=None):
    parsed = query.read(text)
    catalog = catalogs.read(bench.connection, query.relations(parsed.tree))
    values = bindings or parameters.draw(bench.connection, parsed, catalog)
    return Workload(id="w", title="w", query=text, bindings=values), catalog


def tune(bench, text, *, bindings=None, more=()):
    """As a run does it: measure, propose, build, screen, choose, confirm."""
    work, catalog = workload(bench, text, bindings)
    key = next((relation.primary_key for relation in catalog.relations if relation.primary_key), None)
    base = baseline.measure(bench, work, key=key)
    changes = [*experiment.propose(text, catalog), *more]
    built = bench.build_all((change.index for change in changes if change.index), memory_bytes=1 << 26)
    bench.show(())
    _, tried = experiment.screen(bench, work, base, changes, key)
    winner = experiment.best(tried)
    if winner is None:
        return Found(base=base, tried=tried, confirmed=None)
    options = choice.options(bench, work, base, winner, changes=changes, catalog=catalog, key=key)
    choice.decide(options, {each.name: each.size_bytes for each in built})
    _, kept = experiment.needed(bench, winner.arm, work)
    arm = replace(winner.arm, indexes=kept)
    confirmed = confirm.confirm(bench, work, base, arm, key=key, pairs=8, rules=winner.rules)
    return Found(base=base, tried=tried, confirmed=confirmed)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * FROM orders WHERE customer_id = 17",
        "SELECT id, doc, tags, total FROM orders WHERE customer_id = :c ORDER BY placed DESC LIMIT 5",
        "SELECT c.name, count(*), sum(o.total) FROM customers c JOIN orders o ON o.customer_id = c.id"
        " WHERE c.id = :id GROUP BY c.name",
        "SELECT DISTINCT placed FROM orders WHERE customer_id = ANY(:ids)",
        "SELECT o.*, row_number() OVER (ORDER BY total) FROM orders o WHERE customer_id = :c",
        "SELECT id FROM orders WHERE customer_id = 5 UNION SELECT id FROM orders WHERE customer_id = 6",
        "SELECT avg(total), jsonb_agg(doc ORDER BY id) FROM orders WHERE customer_id = :c",
        "SELECT (SELECT max(id) FROM orders WHERE customer_id = c.id) AS last FROM customers c WHERE c.id < 20",
        "SELECT b FROM nokey WHERE a = :a",
        "SELECT a, b FROM pairs WHERE c = :c",
        "SELECT count(*) FROM pairs p JOIN pairs q ON q.b = p.b + 1 WHERE p.b = :b",
    ],
)
def test_an_index_that_helps_is_found_for_queries_of_every_shape(bench, text):
    found = tune(bench, text)
    assert found.verdicts["indexes only"] == "kept", found.reasons
    assert found.confirmed.verdict == "kept", found.confirmed.reason
    assert found.confirmed.after.overlap == 1.0


@pytest.mark.parametrize(
    "text",
    [
        "SELECT count(*) FROM orders",
        "SELECT sum(total) FROM orders WHERE placed >= '2020-01-02'",
        "SELECT * FROM nothing WHERE a = 1",
        "SELECT * FROM single WHERE a = :a ORDER BY id LIMIT 3",
        "SELECT * FROM customers WHERE region = 'n' AND name > 'customer 2'",
        "SELECT id FROM orders LIMIT 10",
        "SELECT 1",
        "VALUES (1), (2)",
        "SELECT * FROM orders, nothing",
        "SELECT * FROM items WHERE embedding IS NULL",
        "SELECT code FROM named WHERE v * 2 = 10",
    ],
)
def test_nothing_is_claimed_where_nothing_helps(bench, text):
    found = tune(bench, text)
    assert found.confirmed is None
    assert set(found.verdicts.values()) <= {"rejected"}


def test_a_query_that_gives_other_rows_each_time_is_not_judged(bench):
    found = tune(bench, "SELECT id, random() AS lot FROM orders WHERE customer_id = 7")
    assert found.base.repeats is False
    assert "other rows each time" in found.reasons["indexes only"]


def test_rows_that_the_query_leaves_open_may_differ_and_are_said_to(bench):
    """DISTINCT ON takes any of the rows of one day; the index offers them in another order than the table."""
    text = "SELECT DISTINCT ON (placed) placed, id FROM orders WHERE customer_id < 100 ORDER BY placed"
    definition = "btree (placed, customer_id, id DESC)"
    index = IndexDesign(name="idx_t", table="orders", method="btree", definition=definition)
    found = tune(bench, text, more=[Change(rule="filter-without-index", title="t", why="", slot="t", index=index)])
    assert found.base.repeats
    assert "the rows that differ are those that the query leaves open" in found.reasons["indexes only"]
    assert found.tried[0].measured.overlap < 1


def rewritten(text, rule="filter-without-index"):
    return Change(rule=rule, title="rewritten", why="", slot="rewrite", query=text)


SLOW = (
    "SELECT id, total FROM orders o WHERE (SELECT count(*) FROM customers c WHERE c.id <= o.id % 20) = 7"
    " ORDER BY id LIMIT 900"
)
FAST = "SELECT id, total FROM orders o WHERE id % 20 = 7 ORDER BY id LIMIT 900"


@pytest.mark.parametrize(
    ("replacement", "verdict", "says"),
    [
        (FAST, "kept", "same number of rows"),
        (FAST.replace("= 7", "= 8"), "rejected", "changes the answer"),
        (FAST.replace("total", "total + 1 AS total"), "rejected", "changes the answer"),
        (FAST.replace("total", "nullif(total, 1) AS total"), "rejected", "changes the answer: overlap 0.999"),
        (f"SELECT * FROM ({FAST}) AS r ORDER BY id DESC", "rejected", "in another order"),
        (FAST.replace("900", "100"), "rejected", "another number of rows"),
        (FAST.replace("= 7", "= 7 + 0 / (id - 27)"), "rejected", "division by zero"),
        (FAST.replace("total", "nothing"), "rejected", 'column "nothing" does not exist'),
    ],
)
def test_a_rewrite_that_promises_the_same_rows_is_held_to_it(bench, replacement, verdict, says):
    found = tune(bench, SLOW, more=[rewritten(replacement)])
    assert (found.verdicts["rewritten"], says in found.reasons["rewritten"]) == (verdict, True), found.reasons


def test_an_approximate_index_that_loses_rows_is_rejected_and_the_exact_one_is_tried_alone(bench):
    text = "SELECT id FROM items WHERE kind = 3 ORDER BY embedding <=> :v LIMIT 10"
    bench.connection.execute("SET hnsw.ef_search = 10; SET enable_seqscan = off; SET enable_sort = off")
    found = tune(bench, text)
    assert "another number of rows" in found.reasons["indexes only"]
    assert "only B-tree on items (kind)" in found.verdicts


def test_what_an_existing_approximate_index_answers_is_not_taken_for_exact(bench):
    bench.connection.execute("CREATE INDEX ON items USING hnsw (embedding vector_cosine_ops)")
    bench.connection.execute("SET hnsw.ef_search = 3")
    work, _ = workload(bench, "SELECT id FROM items ORDER BY embedding <=> :v LIMIT 10")
    base = baseline.measure(bench, work, key="id")
    assert base.approximate
    assert {each.rows for each in base.exact} == {10}
    before = experiment.summary(
        [bench.run(baseline.arm(work), binding) for binding in work.bindings], base, "id"
    ).measured
    assert before.overlap < 1
    assert not before.same_rows


def test_a_setting_is_not_tried_below_what_the_rewrite_needs(bench):
    text = "SELECT id FROM items WHERE id > 0 ORDER BY embedding <=> :v LIMIT 10"
    work, catalog = workload(bench, text)
    base = baseline.measure(bench, work, key="id")
    design = next(change.index for change in experiment.propose(text, catalog) if change.index)
    bench.build(design, memory_bytes=1 << 26)
    bench.connection.execute("SET enable_seqscan = off; SET enable_sort = off")
    arm = Arm(name="deep", query=text, indexes=(design.name,), settings={"hnsw.ef_search": "100"})
    deep = choice.sweep(bench, arm, design, workload=work, base=base, key="id")
    assert [point.value for point in deep] == [100, 160, 320]
    plain = choice.sweep(bench, replace(arm, settings={}), design, workload=work, base=base, key="id")
    assert [point.value for point in plain] == [20, 40, 80, 160, 320]


def test_a_null_vector_does_not_make_the_rewrite_that_would_lose_it(bench):
    text = "SELECT id FROM items ORDER BY 1 - (embedding <=> :v) DESC LIMIT 10"
    work, catalog = workload(bench, text)
    assert not [change for change in experiment.propose(text, catalog) if change.slot == "rewrite"]
    assert baseline.measure(bench, work, key="id").exact[0].rows == 10


def test_indexes_of_an_interrupted_build_do_not_change_what_is_proposed(bench):
    text = "SELECT id FROM orders WHERE customer_id = 7"
    _, catalog = workload(bench, text)
    first = experiment.propose(text, catalog)
    bench.build_all((change.index for change in first), memory_bytes=0)
    _, catalog = workload(bench, text)
    assert experiment.propose(text, catalog) == first


def test_an_index_that_could_not_be_built_is_a_rejected_candidate(bench):
    bench.connection.execute(
        "UPDATE customers SET region = (SELECT string_agg(md5((g * id)::text), '')"
        " FROM generate_series(1, 300) g) WHERE id = 1"
    )
    found = tune(bench, "SELECT id FROM customers WHERE region = :r ORDER BY id LIMIT 5")
    assert [reason for reason in found.reasons.values() if "could not be built: index row" in reason]


def exact_answer(bench, text, binding=None, key="id"):
    return exact.answer(bench, Arm(name="exact", query=text), query.read(text), binding or {}, key=key)


def agreed(right, keys):
    return answers.match(right, [str(key) for key in keys], by_digest=False)


def test_ties_at_the_end_of_a_limit_are_interchangeable(bench):
    right = exact_answer(bench, "SELECT id FROM orders WHERE id <= 100 ORDER BY placed LIMIT 5")
    assert right.rows == 5
    # each day has two orders up to number 100: of the third day one of two is wanted
    assert agreed(right, [50, 100, 1, 51, 2]).overlap == 1.0
    assert agreed(right, [100, 50, 51, 1, 52]).overlap == 1.0
    assert agreed(right, [50, 100, 1, 2, 52]).overlap == 0.8
    assert agreed(right, [50, 100, 1, 51, 3]).overlap == 0.8
    assert agreed(right, [1, 51, 50, 100, 2]).in_order < 1


def test_ties_before_an_offset_are_interchangeable(bench):
    right = exact_answer(bench, "SELECT id FROM orders WHERE id <= 100 ORDER BY placed LIMIT 2 OFFSET 1")
    for keys in ([50, 1], [100, 51], [100, 1]):
        assert agreed(right, keys).overlap == 1.0
    assert agreed(right, [50, 100]).overlap == 0.5


def test_more_ties_than_are_looked_at_leave_the_rest_open(bench):
    right = exact_answer(bench, "SELECT id FROM orders ORDER BY placed LIMIT 5")
    assert right.open == (0,)
    assert agreed(right, [89950, 89900, 89850, 89800, 89750]).overlap == 1.0


def test_a_deep_offset_is_not_read_from_the_start(bench):
    right = exact_answer(bench, "SELECT id FROM orders ORDER BY id LIMIT 3 OFFSET 20000")
    assert list(right.keys) == ["20001", "20002", "20003"]
    assert right.needed == (1, 1, 1)


@pytest.mark.parametrize(
    ("text", "binding", "keys"),
    [
        ("SELECT id FROM orders WHERE id < 4 ORDER BY 1 DESC", {}, ["3", "2", "1"]),
        ("SELECT id, -id AS back FROM orders WHERE id < 4 ORDER BY back", {}, ["3", "2", "1"]),
        ("SELECT DISTINCT id FROM orders WHERE id < 4 ORDER BY id", {}, ["1", "2", "3"]),
        ("SELECT id FROM orders ORDER BY id LIMIT :n OFFSET :m", {"n": 2, "m": 3}, ["4", "5"]),
        ("SELECT id FROM orders ORDER BY id LIMIT :n", {"n": "2"}, ["1", "2"]),
        ("SELECT id FROM orders WHERE id < 3 UNION SELECT id FROM orders WHERE id = 9 ORDER BY 1", {}, ["1", "2", "9"]),
        ("SELECT max(id) AS id FROM orders WHERE id < 9 GROUP BY id % 2 ORDER BY count(*), 1", {}, ["7", "8"]),
        ("SELECT id FROM orders WHERE id < 9 ORDER BY id FETCH FIRST 2 ROWS WITH TIES", {}, ["1", "2"]),
        ("SELECT id FROM orders ORDER BY id LIMIT (SELECT 2)", {}, ["1", "2"]),
        ("SELECT id FROM orders WHERE id < 1", {}, []),
        ("SELECT id FROM orders WHERE id < 9 ORDER BY id OFFSET 6", {}, ["7", "8"]),
        ("SELECT id FROM orders ORDER BY id LIMIT 0", {}, []),
    ],
)
def test_exact_answers_are_those_of_the_query(bench, text, binding, keys):
    right = exact_answer(bench, text, binding)
    assert right.rows == len(keys)
    assert agreed(right, keys) == answers.Match(overlap=1.0, same_rows=True, in_order=1.0)
    assert agreed(right, ["77", *keys[1:]]).overlap < 1


def test_rows_without_a_key_are_compared_as_a_whole(bench):
    right = exact_answer(bench, "SELECT b, count(*) FROM nokey GROUP BY b ORDER BY b")
    rows = [(0, 80000), (1, 80000), (2, 80000)]
    assert answers.match(right, answers.digests(rows[::-1]), by_digest=True).overlap == 1.0
    assert answers.match(right, answers.digests([(0, 79999), *rows[1:]]), by_digest=True).overlap < 1


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("SELECT * FROM pairs WHERE a = :a AND b = :b", 1),
        ("SELECT * FROM orders WHERE customer_id = ANY(:ids)", 10),
        ("SELECT * FROM named WHERE code IN (:x, 'k2')", 1),
        ("SELECT * FROM customers c JOIN orders o ON o.customer_id = c.id WHERE c.name = :name AND o.placed > :day", 0),
        ("SELECT * FROM items ORDER BY embedding <-> :v LIMIT 3", 3),
        ("SELECT id FROM orders WHERE :c = customer_id", 1),
    ],
)
def test_parameters_are_drawn_from_rows_and_one_tables_from_one_row(bench, text, values):
    work, _ = workload(bench, text)
    assert len(work.bindings) == 40
    assert all(None not in binding.values() for binding in work.bindings)
    assert all(bench.run(Arm(name="any", query=text), binding).count >= values for binding in work.bindings[:5])
    assert workload(bench, text)[0].bindings == work.bindings


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("SELECT * FROM orders LIMIT :n", "no value is known for parameter n"),
        ("SELECT * FROM nothing WHERE a = :a", "has no rows to draw one from"),
    ],
)
def test_a_parameter_without_values_is_asked_for(bench, text, says):
    with pytest.raises(UsageError, match=says):
        workload(bench, text)


def test_a_workload_without_bindings_is_not_measured(bench):
    with pytest.raises(CouldNotFindOut, match="nothing to measure with"):
        baseline.measure(bench, Workload(id="w", title="w", query="SELECT 1", bindings=[]), key=None)


def test_identifiers_are_quoted_as_the_server_quotes_them(bench):
    names = [row[0] for row in bench.connection.execute("SELECT word FROM pg_get_keywords()")]
    names += ["plain", "Mixed", "with space", 'quo"te', "1st", "ünïcode", "_x", "a$b", "a-b", "", "tab\there", "x" * 63]
    for name in names:
        (wanted,) = bench.connection.execute("SELECT quote_ident(%s)", (name,)).fetchone()
        assert catalogs.quoted(name) == wanted
        assert catalogs.unquoted(wanted) == name
