"""The result of a run on the terminal."""

from __future__ import annotations

import copy
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from orchestrator.report import text

RUN: dict[str, Any] = json.loads((Path(__file__).parents[1] / "data" / "run.json").read_text(encoding="utf-8"))
Print = Callable[..., str]


@pytest.fixture
def printed() -> Print:
    from rich.console import Console

    def show(document: dict[str, Any], *, width: int = 100, terminal: bool = False) -> str:
        stream = io.StringIO()
        options = {"force_terminal": True, "color_system": "standard"} if terminal else {}
        text.render(document, console=Console(file=stream, width=width, highlight=False, markup=False, **options))
        return stream.getvalue()

    return show


@pytest.fixture
def run() -> dict[str, Any]:
    return copy.deepcopy(RUN)


def test_the_answer_comes_first_and_the_next_command_last(printed):
    lines = printed(RUN).splitlines()
    assert " ".join(lines[:2]) == RUN["headline"]
    assert lines[-1] == f"Next: {RUN['next']}"


def test_it_fits_on_two_screens(printed):
    assert len(printed(RUN).splitlines()) <= 70


@pytest.mark.parametrize("title", ["Proven", "Measured", "Not checked"])
def test_what_is_known_and_what_is_not_has_a_heading(printed, title):
    lines = printed(RUN).splitlines()
    assert lines[lines.index(title) + 1].startswith("- ")


def test_each_kind_of_claim_stands_under_its_own_word(printed):
    proven, rest = printed(RUN).split("\nProven\n")[1].split("\nMeasured\n")
    measured = rest.split("\nNot checked\n")[0]
    assert "E14 " in proven
    assert "E1 " in measured
    assert "E14 " not in measured


def test_the_choice_is_shown_with_its_interval_and_the_losers_with_their_reason(printed):
    shown = " ".join(printed(RUN).split())
    assert "86.9 ms → 1.1 ms, 77× faster (95 % interval 53× to 87×), overlap 0.993" in shown
    assert "not faster: 87.3 ms against 86.9 ms; the planner does not use" in shown
    assert "70 µs → 706 µs a row" in shown
    assert "SHARE UPDATE EXCLUSIVE on chunks: reads and writes go on" in shown
    assert "approved, 17 of 17 checks passed" in shown


def test_paths_and_commands_are_never_broken(printed):
    lines = printed(RUN, width=60).splitlines()
    for each in RUN["artifacts"]:
        assert any(line.endswith(f"  {each['path']}") for line in lines)
    assert f"Next: {RUN['next']}" in lines


@pytest.mark.parametrize("width", [60, 80, 100, 160])
def test_everything_else_keeps_to_the_width(printed, width):
    from rich.cells import cell_len

    whole = ("Migration ", "Output ", "Report ", "Query ", "Decision ", "Time ", "Undo ", "Next: ", "Tried for")
    lines = [line for line in printed(RUN, width=width).splitlines() if not line.startswith(whole)]
    assert [line for line in lines if cell_len(line) > width] == []


def test_without_a_terminal_there_is_no_colour_no_box_and_no_space_at_the_end(printed):
    shown = printed(RUN)
    assert "\x1b" not in shown
    assert not set(shown) & set("│┃─━┏┓└┘")
    assert [line for line in shown.splitlines() if line != line.rstrip()] == []


def test_colour_is_decoration(printed):
    import re

    assert re.sub(r"\x1b\[[0-9;]*m", "", printed(RUN, terminal=True)) == printed(RUN)


@pytest.mark.parametrize("terminal", [False, True])
def test_hostile_text_reaches_the_terminal_as_text(printed, run, terminal):
    run["queries"][0]["candidates"][0]["name"] = "\x1b]0;owned\x07\x1b[2J [bold]x[/bold] :smile:"
    run["next"] = "echo \x1b[31m\u202e"
    shown = printed(run, terminal=terminal)
    assert "\\u001b]0;owned\\u0007\\u001b[2J" in shown.replace("\n", "")
    assert "\x1b]" not in shown
    assert "\u202e" not in shown
    assert "[bold]x[/bold] :smile:" in " ".join(shown.split())


def test_of_many_candidates_the_kept_and_the_fastest_are_shown_and_the_rest_counted(printed, run):
    each = run["queries"][1]["candidates"][0]
    run["queries"][1]["candidates"] = [
        {**each, "name": f"number {place:02}", "verdict": "kept" if place == 29 else "rejected"} for place in range(30)
    ]
    shown = printed(run)
    assert "number 29" in shown
    assert "number 08" not in shown
    assert "and 22 more: see the report" in shown


def test_nothing_worth_changing_is_a_whole_answer(printed, run):
    run["migration"] = run["review"] = None
    run["inserts"] = run["indexes"] = run["evidence"] = []
    for query in run["queries"]:
        query.update(effect=None, trials=None, rewritten=None, indexes=[], curves=[], candidates=[], causes=[])
    shown = printed(run)
    assert "no change is worth making" in shown
    assert "nothing: no rule has a proposal for this query" in shown
    assert "no index is worth adding" in shown


def test_a_step_of_the_proof_that_was_not_reached_is_not_called_good(printed, run):
    run["migration"]["proof"]["roundtrip"] = {"schema_equal": False, "data_equal": True, "second_upgrade": None}
    shown = " ".join(printed(run).split())
    assert "schema after the downgrade: not so" in shown
    assert "second upgrade: not reached" in shown
    assert "the same schema and the same rows" not in shown


def test_piped_output_is_a_hundred_columns_wide(monkeypatch, capsys):
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    assert text.stdout_console().width == 100
    monkeypatch.setenv("COLUMNS", "72")
    assert text.stdout_console().width == 72
