"""Which numbers count as measured: what the tool printed, not what it was given."""

from __future__ import annotations

import json

import pytest
from hook_client import answer, finding

from orchestrator.contract import figures
from orchestrator.contract.figures import Measured


def bash(stdout):
    return {"stdout": stdout, "stderr": "", "interrupted": False}


def refused(client, value):
    """What the hook says of an answer with this time, "" if it takes it."""
    return client.end(json.dumps(answer(performance_findings=finding(value, None, "E1")))).reply.get("reason", "")


PRINTED = {
    "on a line of its own": bash("before\n91.66\nafter"),
    "behind a tab": bash("q1\t91.66"),
    "in colour": bash("\x1b[32m91.66\x1b[0m ms"),
    "in many colours": bash("\x1b[1;38;5;9m91\x1b[0m.66 ms"),
    "behind an order to the terminal": bash("99\x1b[2K91.66 ms"),
    "in a title and a link": bash("\x1b]8;;http://host/7\x0791.66\x1b]8;;\x07"),
    "in JSON with a line break written out": bash(json.dumps({"log": "took\n91.66\tms"})),
    "as a cell of a row": bash("id,ms\n1,91.66\n"),
    "as a cell behind a number of three digits": bash("17,391,91.66"),
    "as a number in JSON": {"rows": [{"ms": 91.66}]},
    "in blocks of text": [{"type": "text", "text": "took"}, {"type": "text", "text": "91.66 ms"}],
    "after words without a number": "took 91.66ms",
    "as the seconds of a shell": bash("real\t0m0.09166s"),
    "without its zero": bash(".09166 s"),
}


@pytest.mark.parametrize("response", PRINTED.values(), ids=PRINTED)
def test_an_honest_time_is_found_however_it_is_printed(client, response):
    client.start()
    client.result(1, response, command="psql -f q.sql")
    assert refused(client, 91.66) == ""


READINGS = [
    ("12,345,678", (12345678, 12, 345, 678)),
    ("[1,234,567]", (1234567, 1, 234, 567)),
    ("1,345.5", (1345.5, 345.5, 1)),
    ("1,2,3", (1, 2, 3)),
    ("1,2345", (1, 2345)),
    ("0.031..12.345", (0.031, 12.345)),
    ("1.2.3", (1.2,)),
    ("v7 a7", ()),
    ("true 1e999", ()),
    ("9" * 5000, ()),
]


@pytest.mark.parametrize(("printed", "values"), READINGS)
def test_a_comma_is_read_as_thousands_and_as_the_end_of_a_cell(printed, values):
    assert {float(each) for each in figures.measured({}, bash(printed))} == set(values)


ECHOED = {
    "the same": "echo 91.66",
    "with a line break": "printf 'a\\n91.66'",
    "on a line of its own": "cat <<E\n91.66\nE",
    "with more places": "echo 91.660",
    "in colour": "printf '\\033[32m91.66\\033[0m'",
    "behind a letter": "echo t91.66 | cut -c2-",
    "twice": "echo 91.66; echo 91.66",
    "below zero": "echo -- -91.66 | tr -d -",
}


@pytest.mark.parametrize("command", ECHOED.values(), ids=ECHOED)
def test_a_number_that_was_given_is_not_measured_however_it_comes_back(client, command):
    client.start()
    client.result(1, bash("91.66\n91.66"), command=command)
    assert "no tool of this task answered 91.66" in refused(client, 91.66)


def test_a_number_that_another_call_was_given_is_measured_all_the_same(client):
    client.start()
    client.result(1, bash("91.66"), command="echo 91.66")
    client.result(2, bash("Time: 91.66 ms"), command="psql -f q.sql")
    assert refused(client, 91.66) == ""


@pytest.mark.parametrize("tool", ["Read", "Grep", "Edit", "WebFetch"])
def test_a_number_in_a_file_is_not_measured_and_that_is_said(client, tool):
    client.start()
    client.result(1, {"file": {"content": "91.66 ms"}}, tool=tool)
    assert "not from a file that was read" in refused(client, 91.66)


UNITS = [
    (91.66, ["91.66"], True),
    (91.7, ["91.66"], True),
    (92, ["91.66"], True),
    (5, ["5.432"], True),
    (0.13, ["0.125"], True),
    (0.000012, ["0.0000123"], True),
    (0, ["0"], True),
    (0.09166, ["91.66"], True),
    (91.7, ["0.09166"], True),
    (1420, ["1.42"], True),
    (1500, ["1.5"], True),
    (1.5, ["1500"], True),
    (5, ["5432"], False),
    (5, ["5000"], False),
    (0, ["0.4"], False),
    (0, ["412"], False),
    (1e-10, ["0"], False),
    (12, ["12345"], False),
    (15000, ["15"], False),
    (5000, ["5"], False),
    (90, ["91.66"], False),
    (91.6, ["91.66"], False),
    (1e300, ["91.66"], False),
    (91.66, ["inf", "nan", "", "x"], False),
]


@pytest.mark.parametrize(("time_ms", "shown", "held"), UNITS)
def test_a_time_keeps_the_digits_that_tell_it_from_any_other_number(time_ms, shown, held):
    assert Measured(shown).holds(time_ms) is held


def test_of_too_many_numbers_those_at_both_ends_are_kept():
    printed = " ".join(f"{number}.5" for number in range(3 * figures.MOST_FIGURES))
    kept = figures.measured({}, printed)
    assert len(kept) == figures.MOST_FIGURES
    assert (kept[0], kept[-1]) == ("0.5", f"{3 * figures.MOST_FIGURES - 1}.5")


def test_what_is_nested_very_deep_is_read():
    value: object = "91.66"
    for _ in range(100_000):
        value = [value]
    assert figures.measured({}, value) == ["91.66"]
