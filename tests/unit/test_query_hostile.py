"""Query texts that were written to be misread."""

from __future__ import annotations

import pytest

from orchestrator.model.errors import OrchestrateError, UsageError
from orchestrator.pg import query as q


@pytest.mark.parametrize("text", ["SELECT 1 \0 FROM t", "\0", "SELECT 'a\0b'"])
def test_nothing_behind_a_nul_byte_is_dropped_without_a_word(text):
    with pytest.raises(UsageError, match="NUL byte"):
        q.read(text)


@pytest.mark.parametrize(
    ("text", "article"), [("EXPLAIN SELECT 1", "an EXPLAIN"), ("INSERT INTO t SELECT 1", "an INSERT"), ("SHOW a", "a ")]
)
def test_the_refusal_of_another_statement_is_a_sentence(text, article):
    with pytest.raises(UsageError, match=f"the query is {article}") as refused:
        q.read(text)
    assert refused.value.detail == "Only one SELECT statement can be measured."


@pytest.mark.parametrize("depth", [500, 3_000])
@pytest.mark.parametrize("text", [lambda n: "+".join(["1"] * n), lambda n: "NOT " * n + "true"])
def test_a_query_of_any_depth_is_read_or_refused_in_one_sentence(text, depth):
    with pytest.raises(OrchestrateError, match="nested too deep"):
        q.read(f"SELECT {text(depth)}")


@pytest.mark.parametrize(
    "text", [r"SELECT E'it\'s :x'", r"SELECT E'\\\' :x'", "SELECT 1 /* /* :x */ :x */", r"SELECT 'C:\', ':x'"]
)
def test_what_looks_like_a_parameter_inside_text_and_comments_is_none(text):
    assert q.read(text).parameters == ()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ('SELECT * FROM "Orders"', ('"Orders"',)),
        ('SELECT * FROM "my orders.x"', ('"my orders.x"',)),
        ('SELECT * FROM "Shop"."my ""orders"""', ('"Shop"."my ""orders"""',)),
        ("SELECT * FROM Orders", ("orders",)),
        ("WITH items AS (SELECT * FROM items) SELECT * FROM items", ("items",)),
    ],
)
def test_relations_are_named_as_the_server_would_look_them_up(text, names):
    assert q.relations(q.read(text).tree) == names
