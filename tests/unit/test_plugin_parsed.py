"""JSON and YAML are read with the place of everything in them, and no text breaks the readers."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestrator.plugin import jsontext, yamltext
from orchestrator.plugin.codes import CODES
from orchestrator.plugin.parsed import MAX_DEPTH, MAX_PROBLEMS

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner)
    ),
    max_leaves=20,
)
NEAR_JSON = st.lists(
    st.sampled_from([*'{}[]",:\\ \n\t\r/#*-+.0123456789eEtrufalsn\x00\u2028\ud800é𝒳', '"a"', "null", "//", '"a":'])
).map("".join)
NEAR_YAML = st.lists(
    st.sampled_from([*"abc: -&*!|>'\"{}[],#\n ~?.0x1", "a: ", "\n- ", "\t", "\x00", "\ud800", "é", "&a ", "*a"])
).map("".join)
PLAIN = st.text(st.characters(min_codepoint=32, max_codepoint=126))


def problem_codes(parsed):
    return [problem.code for problem in parsed.problems]


def at(text, span):
    """The part of the text that a span covers, within one line."""
    return text.split("\n")[span.line - 1][span.column - 1 : span.end_column - 1]


@given(VALUES, st.sampled_from([None, 0, 1, 4]))
def test_what_json_writes_is_read_back(value, indent):
    found = jsontext.parse(json.dumps(value, indent=indent, ensure_ascii=indent != 1))
    assert found.is_complete
    assert found.problems == ()
    assert found.data == value


@given(VALUES, st.sampled_from([None, 0, 3]))
def test_every_value_and_key_is_where_it_is_said_to_be(value, indent):
    text = json.dumps(value, indent=indent)
    found = jsontext.parse(text)
    for pointer, span in found.keys.items():
        assert json.loads(at(text, span)) == pointer[-1]
    for pointer, span in found.values.items():
        held = found.data
        for step in pointer:
            held = held[step]
        if isinstance(held, dict | list):
            assert at(text, span) in ("{", "[")
        else:
            assert json.loads(at(text, span)) == held


def refuse(word):
    raise ValueError(word)


@given(NEAR_JSON | st.text())
@settings(max_examples=400)
def test_json_is_accepted_exactly_where_the_standard_library_accepts_it(text):
    try:
        expected = json.loads(text, parse_constant=refuse, parse_float=float)
    except (ValueError, RecursionError):
        expected = ...
    found = jsontext.parse(text)
    errors = [problem for problem in found.problems if problem.severity == "error"]
    if expected is ...:
        assert errors
    elif not {"duplicate-key", "json-number", "json-string"} & set(problem_codes(found)):
        assert errors == []
        assert found.data == expected
    lines = text.split("\n")
    for problem in found.problems:
        assert 1 <= problem.line <= len(lines)
        assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1
        assert problem.code in CODES
        assert problem.fix


@given(NEAR_YAML | st.text())
@settings(max_examples=400)
def test_no_yaml_breaks_the_reader(text):
    found = yamltext.parse(text)
    assert found.is_complete or found.problems
    assert set(problem_codes(found)) <= CODES.keys()
    json.dumps(found.data)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | PLAIN,
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.from_regex(r"\A[a-z]{1,5}\Z"), inner, max_size=3)
        ),
        max_leaves=12,
    )
)
def test_json_is_yaml_of_the_same_value(value):
    found = yamltext.parse(json.dumps(value, indent=2))
    assert (found.data, found.problems) == (value, ())


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ('{"a": 1,}', "trailing-comma", 1, 8),
        ("[1,\n 2,\n]", "trailing-comma", 2, 3),
        ('{\n  // why\n  "a": 1\n}', "json-comment", 2, 3),
        ('{"a": /* no */ 1}', "json-comment", 1, 7),
        ("# no\n{}", "json-comment", 1, 1),
        ('{"a": 1, "b": 2,\n "a": 3}', "duplicate-key", 2, 2),
        ('{"a": NaN}', "json-number", 1, 7),
        ('{"a": -Infinity}', "json-number", 1, 7),
        ('{"a": 1e999}', "json-number", 1, 7),
        ('{"a": 01}', "json-number", 1, 7),
        ('{"a": .5}', "json-number", 1, 7),
        ('{"a": 9007199254740993}', "json-number", 1, 7),
        ("{'a': 1}", "json-string", 1, 2),
        ("{a: 1}", "json-string", 1, 2),
        ('{"a": "b\tc"}', "json-string", 1, 9),
        (r'{"a": "\q"}', "json-string", 1, 8),
        (r'{"a": "\ud800"}', "json-string", 1, 7),
        ('{"a": "b}', "bad-json", 1, 7),
        ('{"a": 1 "b": 2}', "bad-json", 1, 9),
        ('{"a" 1}', "bad-json", 1, 6),
        ('{"a": True}', "bad-json", 1, 7),
        ('{"a":}', "bad-json", 1, 6),
        ('{"a": 1}\n}', "bad-json", 2, 1),
        ('{"a": [1, 2', "bad-json", 1, 12),
        ("", "bad-json", 1, 1),
        ("[" * (MAX_DEPTH + 2), "too-deep", 1, MAX_DEPTH + 2),
    ],
)
def test_a_fault_of_json_is_named_at_its_place(text, code, line, column):
    first = jsontext.parse(text).problems[0]
    assert (first.code, first.line, first.column) == (code, line, column)


def test_reading_goes_on_behind_a_fault_so_that_one_run_shows_all():
    found = jsontext.parse('{"a": [1, 2,], // why\n "b": NaN, \'c\': 1e999, "a": 3 "d": 4}')
    assert found.is_complete
    assert found.data == {"a": 3, "b": None, "c": 0, "d": 4}
    codes = ["trailing-comma", "json-comment", "json-number", "json-string", "json-number", "duplicate-key", "bad-json"]
    assert problem_codes(found) == codes


def test_a_value_that_is_written_again_leaves_no_places_behind():
    found = jsontext.parse('{"a": {"b": 1}, "a": {"c": 2}}')
    assert found.values.keys() == {(), ("a",), ("a", "c")}
    assert found.keys["a",].column == 17


def test_a_file_of_another_kind_is_given_up_after_a_hundred_faults():
    found = jsontext.parse("[" + "a,\n" * 5000 + "]")
    assert not found.is_complete
    assert len(found.problems) == MAX_PROBLEMS


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a: 1\nb: 2\na: 3\n", "duplicate-key", 3),
        ("a: [1\nb: 2\n", "bad-yaml", 2),
        ("a: &x [*x]\n", "alias", 1),
        ("? [a]\n: 1\n", "bad-key", 1),
        ("a: .nan\n", "not-a-number", 1),
        (f"a: {'9' * 400}\n", "not-a-number", 1),
        ("a: 1\n---\nb: 2\n", "bad-yaml", 2),
        ("# nothing\n", "bad-yaml", 1),
        ("a: \x00\n", "bad-yaml", 1),
        ("[" * 100_000, "bad-yaml", 1),
    ],
)
def test_a_fault_of_yaml_is_named_in_its_line(text, code, line):
    first = yamltext.parse(text).problems[0]
    assert (first.code, first.line) == (code, line)


def test_yaml_has_the_types_of_version_1_2():
    found = yamltext.parse("a: yes\nb: 2026-01-01\nc: true\nd: 0o17\ne: 1e3\nf: ~\ng: '1'\nh: 012\n")
    assert found.data == {"a": "yes", "b": "2026-01-01", "c": True, "d": 15, "e": 1000.0, "f": None, "g": "1", "h": 12}


def test_an_alias_is_read_as_what_it_stands_for_and_many_of_them_are_refused():
    assert yamltext.parse("a: &x {b: 1}\nc: *x\n").data == {"a": {"b": 1}, "c": {"b": 1}}
    bomb = "a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 8)
    )
    assert problem_codes(yamltext.parse(bomb)) == ["too-many-values"]
