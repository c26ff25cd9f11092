"""What JavaScript accepts as a regular expression, as its own engine (V8) answered for these patterns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator.plugin import jsregex


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "Bash",
        "^(Write|mcp__.*)$",
        "a{2}b{1,}c{1,3}?",
        "a{,3}",
        "x{",
        "]",
        "}",
        "[]",
        "[^]",
        "[a-z0-9_-]",
        r"[\w-a]",
        r"[z\-a]",
        "(?:a|b)*?",
        "(?=a)*",
        "(?!a)b",
        "(?<=a)b",
        "(?<!a)b",
        "(?<year>[0-9]+)",
        r"\k",
        r"\c",
        r"\u12",
        r"\bword\b",
        "a||b",
        "(|a)",
        "[(]",
        r"\(",
    ],
)
def test_a_pattern_that_javascript_accepts(pattern):
    assert jsregex.fault(pattern) == ""


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("(", "not closed"),
        ("a)", "no ( before it"),
        ("[a", "a [ is not closed"),
        ("*a", "nothing that * could repeat"),
        ("a**", "could repeat"),
        ("a+{2}", "could repeat"),
        ("^*", "could repeat"),
        (r"\b+", "could repeat"),
        ("(?<=a)*", "could repeat"),
        ("{2}", "could repeat"),
        ("a{3,1}", "from more to fewer"),
        ("[z-a]", "wrong way round"),
        ("(?i)a", "(?i) is not known"),
        ("(?P<a>b)", "(?P< is not known"),
        ("(?>a)", "(?>a is not known"),
        ("(?#a)", "(?#a is not known"),
        ("(?<a>b)(?<a>c)", "given twice"),
        ("a\\", "ends with a backslash"),
    ],
)
def test_a_pattern_that_javascript_refuses_and_why(pattern, said):
    assert said in jsregex.fault(pattern)


@given(st.text("ab-^$|()[]{}*+?\\.,12:=!<>iP"))
def test_no_pattern_breaks_the_reader(pattern):
    assert isinstance(jsregex.fault(pattern), str)
