"""SQL text to a tree and back: parameters, what is refused, and that rendering keeps the meaning."""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestrator.model.errors import CouldNotFindOut, UsageError
from orchestrator.pg import query as q


@pytest.mark.parametrize(
    ("text", "parameters"),
    [
        ("SELECT :a, :b, :a", ("a", "b")),
        ("SELECT $1, $2, $1", ("1", "2")),
        ("SELECT :a, $1", ("a", "1")),
        ("SELECT ':a' || :b", ("b",)),
        ("SELECT 'it''s :a' || :b", ("b",)),
        (r"SELECT e'\':a' || :b", ("b",)),
        (r"SELECT date'2020-01-01' + :b, 'c:\' || :c", ("b", "c")),
        (r"SELECT name'x\' || :b", ("b",)),
        ('SELECT ":a" FROM t WHERE b = :b', ("b",)),
        ("SELECT $$ :a $1 $$ || :b", ("b",)),
        ("SELECT $tag$ :a $$ $1 $tag$ || :b", ("b",)),
        ("SELECT :b -- :a\n, 1", ("b",)),
        ("SELECT :b /* :a /* :c */ :d */, 1", ("b",)),
        ("SELECT :b::text, a::int", ("b",)),
        ("SELECT (a)[1:2], (a)[1:n] FROM t", ()),
        ("SELECT f(x := :b)", ("b",)),
        ("SELECT a % 2, a %2, :b FROM t", ("b",)),
        ("SELECT x FROM t WHERE doc @? '$.a' AND doc ->> :k = 'v'", ("k",)),
        ("SELECT :größe", ("größe",)),
    ],
)
def test_parameters_are_found_where_they_are_meant(text, parameters):
    assert q.read(text).parameters == parameters


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("SELECT :a % 2", "SELECT %(a)s %% 2"),
        ("SELECT '100%', $1", "SELECT '100%%', %(1)s"),
        ("SELECT x FROM t WHERE a LIKE '%x%' -- 5%", "SELECT x FROM t WHERE a LIKE '%%x%%' -- 5%%"),
        ("SELECT a::text, (b)[1:2]", "SELECT a::text, (b)[1:2]"),
    ],
)
def test_a_driver_gets_named_parameters_and_doubled_percent_signs(text, bound):
    assert q.bound(text) == bound


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "holds 0 statements"),
        ("-- nothing", "holds 0 statements"),
        ("SELECT 1; SELECT 2", "holds 2 statements"),
        ("DELETE FROM t", "DELETE statement"),
        ("EXPLAIN SELECT 1", "EXPLAIN statement"),
        ("COPY t TO STDOUT", "COPY statement"),
        ("CREATE TABLE t AS SELECT 1", "CREATE TABLE AS statement"),
        ("SELECT * INTO u FROM t", "SELECT INTO"),
        ("WITH gone AS (DELETE FROM t RETURNING *) SELECT * FROM gone", "changes rows"),
        ("WITH m AS (MERGE INTO t USING u ON true WHEN MATCHED THEN DELETE RETURNING 1) SELECT FROM m", "changes rows"),
        ("SELECT * FROM t FOR UPDATE", "locks rows"),
        ("SELECT * FROM (SELECT * FROM t FOR SHARE) AS s", "locks rows"),
        ("SELECT pg_sleep(10)", "pg_sleep, which waits"),
        ("SELECT * FROM t WHERE set_config('jit', 'on', false) = 'on'", "which changes the session"),
        ("SELECT pg_catalog.pg_read_file('/etc/passwd')", "which reads files"),
        ("SELECT 1 FROM", "cannot parse"),
    ],
)
def test_anything_but_one_select_that_only_reads_is_refused(text, says):
    with pytest.raises(UsageError) as refused:
        q.read(text)
    assert says in refused.value.message


def test_a_query_that_is_nested_too_deep_is_said_to_be():
    with pytest.raises(CouldNotFindOut, match="nested too deep"):
        q.read("SELECT " + " + ".join(["a"] * 500) + " FROM t")


def test_a_read_with_side_effects_inside_the_copy_is_taken():
    assert q.read("SELECT nextval('s'), random()").parameters == ()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("SELECT * FROM a, b.c JOIN d ON true", ("a", "b.c", "d")),
        ("SELECT * FROM a WHERE EXISTS (SELECT FROM b) AND x IN (SELECT y FROM c)", ("a", "b", "c")),
        ("SELECT * FROM a UNION SELECT * FROM b INTERSECT SELECT * FROM c", ("a", "b", "c")),
        ("WITH x AS (SELECT * FROM a) SELECT * FROM x", ("a",)),
        ("WITH a AS (SELECT * FROM a) SELECT * FROM a", ("a",)),
        ("WITH x AS (SELECT * FROM a), y AS (SELECT * FROM x) SELECT * FROM y", ("a",)),
        ("WITH x AS (SELECT * FROM y), y AS (SELECT 1) SELECT * FROM x", ("y",)),
        ("WITH RECURSIVE t AS (SELECT 1 UNION SELECT * FROM t JOIN e ON true) SELECT * FROM t", ("e",)),
        ("SELECT * FROM (WITH x AS (SELECT 1) SELECT * FROM x) AS s, x", ("x",)),
        ('SELECT * FROM "Orders" o, "My Schema"."a.b", "select"', ('"Orders"', '"My Schema"."a.b"', '"select"')),
        ("SELECT * FROM a TABLESAMPLE SYSTEM (1), LATERAL (SELECT * FROM b) AS l", ("a", "b")),
        ("TABLE a", ("a",)),
    ],
)
def test_the_relations_that_are_read_are_named_as_sql_needs_them(text, names):
    assert q.relations(q.read(text).tree) == names


def test_the_branches_of_a_union_are_selects_of_their_own():
    tree = q.read("SELECT 1 FROM a UNION (SELECT 2 FROM b LIMIT 3) ORDER BY 1").tree
    assert [q.sources(select) for select in q.selects(tree)] == [{}, {"a": "a"}, {"b": "b"}]
    assert not any("range_var" in node for node in q.own(tree))


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("SELECT 1 LIMIT 10", 10),
        ("SELECT 1 LIMIT 10 OFFSET 5", 15),
        ("SELECT 1 FETCH FIRST 3 ROWS ONLY", 3),
        ("SELECT 1 LIMIT :n", None),
        ("SELECT 1 LIMIT 10 OFFSET :n", None),
        ("SELECT 1 LIMIT ALL", None),
        ("SELECT 1", None),
    ],
)
def test_limit_and_offset_count_where_both_are_constants(text, limit):
    assert q.limit(q.read(text).tree) == limit


def test_a_fragment_is_numbered_as_the_statement_that_it_goes_into():
    tree = q.fragment("SELECT :b, $1", ("1", "a", "b"))
    assert [node["param_ref"]["number"] for node in q.walk(tree) if "param_ref" in node] == [3, 1]


# One statement a line.
CORPUS = Path(__file__).with_name("selects.sql").read_text(encoding="utf-8").splitlines()


def same_tree(left, right):
    def bare(node):
        if isinstance(node, dict):
            return {key: bare(value) for key, value in node.items() if not key.endswith(("location", "_start", "_end"))}
        return [bare(item) for item in node] if isinstance(node, list) else node

    return bare(left) == bare(right)


@pytest.mark.parametrize("text", CORPUS)
def test_a_rendered_query_means_what_the_original_meant(text):
    original = q.read(text)
    for rendered in (q.render(original.tree, original.parameters), q.plain(original.tree, original.parameters)):
        again = q.read(rendered)
        assert again.parameters == tuple(sorted(original.parameters, key=again.parameters.index))
        numbers = {again.parameters.index(name) + 1: original.parameters.index(name) + 1 for name in again.parameters}
        for node in q.walk(again.tree):
            if "param_ref" in node:
                node["param_ref"]["number"] = numbers[node["param_ref"]["number"]]
        assert same_tree(again.tree, original.tree)


def test_the_corpus_is_broad():
    assert len(CORPUS) >= 60
