"""The reader of hook events against Python's own."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from orchestrator.gate.event import DEPTH_LIMIT, decode

TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))
NUMBERS = st.integers(-(10**18), 10**18) | st.floats(allow_nan=False, allow_infinity=False)
SCALARS = st.none() | st.booleans() | NUMBERS | TEXT
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4))


@given(value=VALUES, ascii_only=st.booleans(), indent=st.sampled_from([None, 0, 2]))
@settings(max_examples=500)
@example(value="\U0001f600", ascii_only=True, indent=None)
@example(value="\ue000\ue001", ascii_only=True, indent=None)
def test_what_json_writes_is_read(value, ascii_only, indent):
    assert decode(json.dumps(value, ensure_ascii=ascii_only, indent=indent)) == value


PARTS = ['"', '"a"', "\\", "\\u", "\\u0041", "\\ud83d", "\\ude00", *"{}[]:,-01.e+aé \n", "true", "nul", "null"]
PIECES = st.lists(st.sampled_from(PARTS), max_size=12).map("".join)


@given(text=PIECES | st.text(max_size=20))
@settings(max_examples=3000)
@example(text="-")
@example(text="01")
@example(text="1.")
@example(text="1e")
@example(text="[1,]")
@example(text='{"a":1,}')
@example(text='"\n"')
@example(text='"\\u00g0"')
@example(text='"\\u+041"')
@example(text='"\\u004"')
@example(text='"\\ud83d\\u0041"')
def test_nothing_is_read_that_json_refuses_or_reads_differently(text):
    try:
        value = decode(text)
    except ValueError:
        return
    assert json.loads(text) == value
    assert type(json.loads(text)) is type(value)


@given(text=PIECES)
@settings(max_examples=3000)
def test_what_json_reads_is_read_but_for_the_four_reasons(text):
    try:
        decode(text)
    except ValueError as error:
        named = ("NUL", "surrogate", "nested", "twice")
        if not any(word in str(error) for word in named):
            with pytest.raises(ValueError):  # noqa: PT011
                json.loads(text, parse_constant=float)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ('"\\u0000"', "NUL"),
        ('"\\ud800"', "surrogate"),
        ('"\\udc00"', "surrogate"),
        ('"\\udc00\\ud800"', "surrogate"),
        ('"\\ud800\\ud800"', "surrogate"),
        ('{"a":1,"\\u0061":2}', "twice"),
        ("[" * (DEPTH_LIMIT + 1) + "]" * (DEPTH_LIMIT + 1), "nested"),
        ("NaN", "not JSON"),
        ("Infinity", "not JSON"),
        ("\ufeff{}", "not JSON"),
        ("{} {}", "follows"),
        ("", "not JSON"),
    ],
)
def test_what_is_refused_says_why(text, word):
    with pytest.raises(ValueError, match=word):
        decode(text)


def test_the_deepest_nesting_that_is_allowed_is_read():
    assert json.dumps(decode("[" * DEPTH_LIMIT + "]" * DEPTH_LIMIT)) == "[" * DEPTH_LIMIT + "]" * DEPTH_LIMIT


@pytest.mark.parametrize(
    "text",
    [
        '"' + "x" * 4_000_000 + '"',
        '"' + '\\"' * 2_000_000 + '"',
        '"' + "\\u0041" * 600_000 + '"',
        "[" + "1," * 1_999_999 + "1]",
        "9" * 4_000_000,
        " " * 4_000_000 + "1",
        '{"' + '":1,"'.join(map(str, range(300_000))) + '":1}',
    ],
)
def test_four_megabytes_of_anything_are_read_in_seconds(text):
    begun = time.process_time()
    decode(text)
    assert time.process_time() - begun < 8
