"""kill -9 and Ctrl-C at every step: the run goes on where it was, and nothing is done twice."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from orchestrator.pg import scratch
from tests.cli.conftest import SMALL, TASK, TINY, DemoRun, command, orchestrate

STEPS = ("recall", "prepare", "measure", "build", "try", "confirm", "migrate", "prove", "review", "remember")
LONG = ("prepare", "measure", "build", "try", "confirm", "prove")
DEADLINE_S = 120.0


@pytest.fixture(autouse=True)
def tidy(tmp_path: Path) -> Iterator[None]:
    """A run that a test leaves interrupted keeps its data for a resume that never comes."""
    yield
    for note in tmp_path.glob("*/context/runs/*/server.json"), tmp_path.glob("context/runs/*/server.json"):
        for path in note:
            found = re.search(r'"directory": "([^"]+)"', path.read_text())
            if found:
                scratch.discard(Path(found[1]))


def begin(words: list[str], cwd: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command(*words), cwd=cwd, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )


def events(project: Path) -> list[dict[str, Any]]:
    """All whole lines of the only run's journal."""
    lines = [line for path in project.glob("context/runs/*/events.jsonl") for line in path.read_text().splitlines()]
    found = []
    for line in lines:
        try:
            found.append(json.loads(line))
        except ValueError:
            continue
    return found


def wait_for(project: Path, step: str, pid: int) -> None:
    """Returns once process `pid` has begun the step; fails when it ended or took too long."""
    end = time.monotonic() + DEADLINE_S
    while time.monotonic() < end:
        if any(each["step"] == step and each["event"] == "begin" and each["pid"] == pid for each in events(project)):
            return
        time.sleep(0.005)
    pytest.fail(f"step {step} did not begin: {events(project)[-2:]}")


def run_id(project: Path) -> str:
    return next(project.glob("context/runs/*/spec.json")).parent.name


def gone(directory: Path) -> bool:
    """True as soon as no server runs on the folder any more."""
    end = time.monotonic() + 15
    while time.monotonic() < end:
        if not any(each.directory == directory and each.alive for each in scratch.instances()):
            return True
        time.sleep(0.05)
    return False


def choice(document: dict[str, Any]) -> dict[str, Any]:
    """What must be the same however often a run was interrupted; times are not."""
    return {
        "status": document["status"],
        "indexes": [each["definition"] for each in document["output"]["indexes_added"]],
        "rewritten": [each["rewritten"] for each in document["queries"]],
        "kinds": sorted(each["kind"] for each in document["artifacts"]),
        "clean": document["migration"]["proof"]["clean"],
        "verdict": document["review"]["verdict"],
        "evidence": [
            (each["topic"], each["about"], each["kind"]) for each in document["evidence"] if each["topic"] != "cause"
        ],
    }


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """One run, killed at the beginning of every one of its steps in turn, then left to end."""
    project = tmp_path_factory.mktemp("killed")
    words = ["run", TASK, "--project", str(project), "--documents", SMALL, "--json"]
    for step in STEPS:
        process = begin(words, project)
        wait_for(project, step, process.pid)
        process.send_signal(signal.SIGKILL)
        process.wait()
        words = ["resume", run_id(project), "--project", str(project), "--json"]
    finished = orchestrate(*words)
    assert finished.code == 0, finished.stderr
    return project, finished.document


def test_a_run_killed_at_each_step_ends_like_one_that_was_not(
    killed: tuple[Path, dict[str, Any]], demo_run: DemoRun
) -> None:
    assert choice(killed[1]) == choice(demo_run.document)


def test_no_finished_step_runs_again(killed: tuple[Path, dict[str, Any]]) -> None:
    # A step of a few milliseconds may end between its beginning, which is waited for, and the kill: it is not saved
    # yet then, and runs twice. None that takes longer does.
    ended = Counter(each["step"] for each in events(killed[0]) if each["event"] == "end")
    assert set(ended) == set(STEPS)
    assert {step: ended[step] for step in LONG} == dict.fromkeys(LONG, 1)
    begun = Counter(each["step"] for each in events(killed[0]) if each["event"] == "begin")
    assert all(2 <= begun[step] <= 3 for step in STEPS)


def test_one_decision_is_recorded_however_often_the_last_step_ran(killed: tuple[Path, dict[str, Any]]) -> None:
    assert [path.name[:6] for path in killed[0].glob("context/knowledge/decisions/D-*.json")] == ["D-0001"]
    state = json.loads((killed[0] / "context/session/state.json").read_text())
    assert [each["run_id"] for each in state["tasks_completed"]] == [killed[1]["run_id"]]


def test_a_killed_run_leaves_neither_server_nor_folder_once_it_has_ended(killed: tuple[Path, dict[str, Any]]) -> None:
    directory = Path(json.loads(next(killed[0].glob("context/runs/*/server.json")).read_text())["directory"])
    assert gone(directory)
    assert not directory.exists()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_leaves_no_server_and_says_how_to_go_on(tmp_path: Path, number: signal.Signals) -> None:
    process = subprocess.Popen(
        command(TASK, "--project", str(tmp_path), "--documents", TINY),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    wait_for(tmp_path, "measure", process.pid)
    process.send_signal(number)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert out == ""
    assert f"orchestrate resume {run_id(tmp_path)}" in err
    assert "Traceback" not in err
    directory = Path(json.loads(next(tmp_path.glob("context/runs/*/server.json")).read_text())["directory"])
    assert not any(each.directory == directory and each.alive for each in scratch.instances())
    state = json.loads((tmp_path / "context/session/state.json").read_text())
    assert state["tasks_pending"][0]["blockers"] == ["interrupted"]
    finished = orchestrate("resume", run_id(tmp_path), "--project", str(tmp_path), "--json")
    assert finished.code == 0, finished.stderr
    assert [each["step"] for each in events(tmp_path) if each["event"] == "end"].count("prepare") == 1
    state = json.loads((tmp_path / "context/session/state.json").read_text())
    assert state["tasks_pending"] == []


def test_a_resumed_run_makes_its_data_anew_when_they_were_swept(tmp_path: Path) -> None:
    process = begin(["run", TASK, "--project", str(tmp_path), "--documents", SMALL], tmp_path)
    wait_for(tmp_path, "migrate", process.pid)
    process.kill()
    process.wait()
    directory = Path(json.loads(next(tmp_path.glob("context/runs/*/server.json")).read_text())["directory"])
    assert gone(directory)
    orchestrate("servers", "--sweep")
    assert not directory.exists()
    finished = orchestrate("resume", run_id(tmp_path), "--project", str(tmp_path), "--json")
    assert finished.code == 0, finished.stderr
    assert finished.document["migration"]["proof"]["clean"]


def test_a_run_that_another_process_is_at_is_not_resumed(tmp_path: Path) -> None:
    process = begin(["run", TASK, "--project", str(tmp_path), "--documents", TINY], tmp_path)
    wait_for(tmp_path, "prepare", process.pid)
    finished = orchestrate("resume", run_id(tmp_path), "--project", str(tmp_path))
    assert finished.code == 3
    assert "another process" in finished.stderr
    os.kill(process.pid, signal.SIGTERM)
    process.communicate(timeout=60)


@pytest.mark.parametrize("name", ["20260101-0000-abcd", "../../etc", ""])
def test_an_unknown_run_is_a_usage_error(tmp_path: Path, name: str) -> None:
    finished = orchestrate("resume", name, "--project", str(tmp_path))
    assert finished.code == 2
    assert "no run" in finished.stderr


@pytest.mark.parametrize("damaged", ["spec.json", "engine.sqlite", "server.json", "events.jsonl"])
def test_a_damaged_file_of_a_run_is_named_and_nothing_else_suffers(tmp_path: Path, damaged: str) -> None:
    process = begin(["run", TASK, "--project", str(tmp_path), "--documents", TINY], tmp_path)
    wait_for(tmp_path, "measure", process.pid)
    process.kill()
    process.wait()
    path = next(tmp_path.glob(f"context/runs/*/{damaged}"))
    path.write_text('{"torn": ')
    finished = orchestrate("resume", run_id(tmp_path), "--project", str(tmp_path))
    if damaged in ("spec.json", "engine.sqlite"):
        assert finished.code == 3
        assert damaged in finished.stderr
    else:
        assert finished.code == 0, finished.stderr
    assert "Traceback" not in finished.stderr
    assert orchestrate("runs", "--project", str(tmp_path)).code == 0


def test_a_moved_project_is_resumed_where_it_is_now(tmp_path: Path) -> None:
    before, now = tmp_path / "before", tmp_path / "we?ird #1"
    before.mkdir()
    process = begin(["run", TASK, "--project", str(before), "--documents", TINY], tmp_path)
    wait_for(before, "measure", process.pid)
    process.kill()
    process.wait()
    before.rename(now)
    finished = orchestrate("resume", run_id(now), "--project", str(now), "--json")
    assert finished.code == 0, finished.stderr
    assert not before.exists()
