"""The labelled cases, through the hook process. A case says what the gate should answer and which answers will do."""

from __future__ import annotations

import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hook_process import Outcome, event, run_hook

FILES = sorted((Path(__file__).parent / "cases").glob("*.jsonl"))
SAMPLE = Path(__file__).parent / "cases" / "sample.jsonl"


def cases(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def outcome(case: dict[str, Any]) -> Outcome:
    return run_hook(event(case["tool"], case["input"]), case.get("files"))


def failure(case: dict[str, Any], found: Outcome) -> str:
    """Empty if the answer will do. A hook that breaks holds the call, but it has not judged it."""
    if found.broken:
        return f"{case['id']}: the hook broke: {found.stderr or found.reason}"
    if found.decision in case["accept"]:
        return ""
    shown = case["input"].get("command") or json.dumps(case["input"])
    return f"{case['id']} ({case['why']}): want {case['expect']}, got {found.decision}\n{shown}\n{found.reason}\n"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_hook_answers_every_labelled_case(file: Path) -> None:
    labelled = cases(file)
    with ThreadPoolExecutor(2) as pool:
        failures = list(filter(None, map(failure, labelled, pool.map(outcome, labelled))))
    assert not failures, f"{len(failures)} of {len(labelled)} cases\n" + "\n".join(failures)


def test_cases_are_labelled_in_one_way() -> None:
    every = [case for file in FILES for case in cases(file)]
    assert [name for name, times in Counter(case["id"] for case in every).items() if times > 1] == []
    assert [case["id"] for case in every if case["expect"] not in case["accept"]] == []
    assert {case["expect"] for case in every} == {"deny", "ask", "allow"}
    assert {case["class"] for case in cases(SAMPLE)} <= {case["class"] for case in every if case["id"][:2] != "D-"}


def test_there_are_enough_cases() -> None:
    assert len(cases(SAMPLE)) == 40
    assert sum(len(cases(file)) for file in FILES) >= 640


@pytest.mark.parametrize(
    ("decision", "returncode", "stderr"),
    [
        ("deny", 1, "Traceback"),
        ("deny", 2, "gate: could not judge this call, so it was not run: ValueError()"),
        ("deny", -9, ""),
    ],
)
def test_a_hook_that_breaks_is_no_answer(decision: str, returncode: int, stderr: str) -> None:
    case = {"id": "x", "why": "", "expect": "deny", "accept": ["deny"], "input": {"command": "dropdb shop"}}
    assert "the hook broke" in failure(case, Outcome(decision, "", returncode, "", stderr))
