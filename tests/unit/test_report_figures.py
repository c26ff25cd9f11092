"""Numbers and hostile text as both renderings write them."""

from __future__ import annotations

import pytest

from orchestrator.report import figures


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0, "0 ms"),
        (0.2, "0.20 ms"),
        (0.994, "0.99 ms"),
        (0.999, "1.0 ms"),
        (1.3, "1.3 ms"),
        (82.74, "82.7 ms"),
        (1500.0, "1.5 s"),
        (200_000.0, "3 min 20 s"),
        (None, "not measured"),
        (float("nan"), "not measured"),
    ],
)
def test_a_duration_has_the_unit_a_person_would_choose(value, shown):
    assert figures.ms(value) == shown


@pytest.mark.parametrize(("value", "shown"), [(69.7, "70 µs"), (706.07, "706 µs"), (12_345.0, "12.3 ms")])
def test_microseconds_become_milliseconds_where_they_are_many(value, shown):
    assert figures.us(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"), [(77.066, "77×"), (5.13, "5.1×"), (1.0, "1.0×"), (0.5, "0.50×"), (1234.5, "1,234×")]
)
def test_a_ratio_has_no_more_digits_than_it_deserves(value, shown):
    assert figures.times(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [(61_448_192, "61 MB"), (8_773_632, "8.8 MB"), (8192, "8 kB"), (12, "12 bytes"), (2.5e9, "2.5 GB")],
)
def test_a_size_is_in_decimal_units(value, shown):
    assert figures.size(value) == shown


def test_an_answer_that_lost_a_row_is_never_written_as_whole():
    assert figures.overlap(0.9999) == "0.999"
    assert figures.overlap(1.0) == "1.000"


def test_a_vector_literal_is_cut_to_its_first_numbers():
    condition = f"(embedding <=> '[{','.join(['-0.25'] * 384)}]'::vector)"
    assert figures.shortened(condition) == "(embedding <=> '[-0.25,-0.25,-0.25, … 384 numbers]'::vector)"


def test_a_short_list_in_brackets_is_left_alone():
    assert figures.without_vectors("ARRAY[1, 2, 3]") == "ARRAY[1, 2, 3]"


def test_shortened_text_is_one_line_of_at_most_the_limit():
    assert figures.shortened("a\n  b " * 100, 20) == "a b a b a b a b a b…"


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("\x1b[2Jgone", "\\u001b[2Jgone"),
        ("a\u202eb", "a\\u202eb"),
        ("a\u200bb", "a\\u200bb"),
        ("a\ud800", "a\\ud800"),
        ("\x9b31m", "\\u009b31m"),
        ("line\r\nline\tend", "line\nline\tend"),
        ("naïve → 日本", "naïve → 日本"),
    ],
)
def test_what_a_terminal_would_obey_is_shown_as_an_escape(hostile, shown):
    assert figures.printable(hostile) == shown


def test_keys_and_nested_values_are_made_printable_too():
    assert figures.printable({"a\x07": [{"b": "\x07"}, 1, None]}) == {"a\\u0007": [{"b": "\\u0007"}, 1, None]}
