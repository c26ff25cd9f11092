"""PostgreSQL's own grammar finds the same dangerous facts in every statement, and the same statements in every text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sql_corpus import ALL, FILES, facts, parsed, reported, scanned, statements, strictness

from orchestrator.gate.sql.lexer import Lexer, styles

JUNK = ["/* ; DROP TABLE x; */", "-- ; DROP TABLE x;\n", "/* /* ' */ \" */", "\t", "\n\r\n", ""]


COMMENTS = ("SQL_COMMENT", "C_COMMENT")


def first_tokens(text: str) -> set[int]:
    return {piece.tokens[0][2] for piece in Lexer(text, styles("postgresql")[0]).run()}


def test_the_corpus_is_large_enough():
    assert len(set(ALL)) >= 600


@pytest.mark.parametrize("name", FILES)
def test_facts_are_those_of_the_grammar(name):
    different = [
        (text, found, expected) for text in statements(name) if (found := reported(text)) != (expected := facts(text))
    ]
    assert different == []


@given(st.lists(st.tuples(st.sampled_from(ALL), st.sampled_from(JUNK)), min_size=1, max_size=6))
@settings(max_examples=300, deadline=None)
def test_splitting_is_never_coarser_than_the_grammar(parts):
    text = "".join(junk + statement + ";" for statement, junk in parts)
    locations = parsed(text)
    tokens = [start for kind, start, _ in scanned(text) if kind not in COMMENTS]
    starts = {next(start for start in tokens if start >= location) for location in locations}
    assert len(starts) == len(parts)
    assert starts <= first_tokens(text)


@given(st.lists(st.sampled_from(ALL), min_size=2, max_size=5))
@settings(max_examples=200, deadline=None)
def test_a_statement_cannot_hide_behind_others(parts):
    # A temporary table of one statement may excuse another one.
    parts = [part for part in parts if "TEMP" not in part]
    worst = max((strictness(part) for part in parts), default=0)
    assert strictness(";\n".join(parts)) >= worst
