"""Live runs of the command line as a process, with the real client on a script instead of a model."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from orchestrator.demo import messages_api
from orchestrator.demo.messages_api import Api, Lane, Request, ToolUse, Turn
from orchestrator.runner import live_ready

TASK = "add an index for orders by customer"
ENGINEER = "You are a database engineer"
REVIEWER = "You review"
MIGRATION = "alembic/versions/4b1d0f2c9a77_index_orders.py"
REVISION = 'revision = "4b1d0f2c9a77"\ndown_revision = None\n'
KEY = "sk-ant-of-no-use-0123456789"
RUN_LIMIT_S = 120
DEADLINE_S = 60.0
ANSWER: dict[str, Any] = {
    "migrations_created": [],
    "indexes_added": [],
    "constraints_added": [],
    "performance_findings": [],
    "recommendations": ["Measure it on a copy."],
    "evidence": [
        {
            "id": "E1",
            "topic": "cause",
            "about": "orders",
            "kind": "inferred",
            "claim": "no index starts with orders.customer_id",
            "how": "read from the revisions of the project",
            "value": {},
        }
    ],
}
WITH_MIGRATION = ANSWER | {"migrations_created": [MIGRATION.rpartition("/")[2]]}
REVIEW: dict[str, Any] = {
    "verdict": "approved",
    "subject": MIGRATION,
    "findings": [],
    "questions": [],
    "not_checked": ["how long the build takes on production"],
    "evidence": [],
}


@dataclass(frozen=True, kw_only=True)
class Finished:
    code: int
    stdout: str
    stderr: str
    project: Path

    @property
    def document(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.stdout)
        return found

    @property
    def error(self) -> dict[str, Any]:
        found: dict[str, Any] = self.document["error"]
        return found

    @property
    def run_id(self) -> str:
        return run_folder(self.project).name

    def state(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.project / "context/session/state.json").read_text())
        return found


def run_folder(project: Path) -> Path:
    return next(project.glob("context/runs/*/spec.json")).parent


def events(project: Path) -> list[dict[str, Any]]:
    """The whole lines of the only run's journal."""
    found = []
    for path in project.glob("context/runs/*/events.jsonl"):
        for line in path.read_bytes().splitlines():
            try:
                found.append(json.loads(line))
            except ValueError:
                continue
    return found


def use(name: str, **given: Any) -> list[ToolUse]:
    return [ToolUse(name=name, input=given)]


def call(agent: str) -> Turn:
    """The main thread calls the agent, with the task as it got it."""

    def turn(request: Request) -> list[ToolUse]:
        task = request.context.partition("<task>")[2].partition("</task>")[0].strip()
        prompt = task or TASK
        return use("Agent", subagent_type=f"pgwright:{agent}", description="Work", prompt=prompt)

    return turn


def answer(document: Mapping[str, Any]) -> str:
    return json.dumps(document)


def main_lane(*turns: Turn) -> Lane:
    return Lane(turns=turns)


def agent_lane(*turns: Turn, system: str = ENGINEER) -> Lane:
    return Lane(turns=turns, subagent=True, system=system)


def one_agent(document: Mapping[str, Any] = ANSWER, *turns: Turn) -> list[Lane]:
    """The engineer works and answers, and the main thread brings the answer back."""
    return [
        main_lane(call("database-engineer"), use("StructuredOutput", **document)),
        agent_lane(*turns, answer(document)),
    ]


def clients(project: Path) -> list[int]:
    """Processes of the client that work in this project."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            words = (path / "cmdline").read_bytes().split(b"\0")
            works_here = (path / "cwd").resolve() == project
        except OSError:
            continue
        if works_here and words[0].endswith(b"_bundled/claude"):
            found.append(int(path.name))
    return found


def gone(project: Path) -> bool:
    """True as soon as no client works in the project any more."""
    end = time.monotonic() + DEADLINE_S
    while clients(project):
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


@pytest.fixture(scope="session")
def client() -> Path:
    found = live_ready.client()
    if found is None:
        pytest.skip("needs the Claude Agent SDK with its client: pip install 'pgwright[live]'")
    return found


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return new_project(tmp_path)


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    return clean_environment(tmp_path)


def new_project(folder: Path) -> Path:
    project = folder / "project"
    project.mkdir()
    return project


def clean_environment(folder: Path) -> dict[str, str]:
    """Nothing of the user, and a key that no server takes."""
    (folder / "home").mkdir()
    return {
        "PATH": f"/usr/local/bin:/usr/bin:/bin:{Path(sys.executable).resolve().parent}",
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        "HOME": str(folder / "home"),
        "ANTHROPIC_API_KEY": KEY,
        "ANTHROPIC_BASE_URL": "http://127.0.0.1:9",  # refuses; a run gets the address of its script
        "CLAUDE_CODE_MAX_RETRIES": "1",
        "ENABLE_TOOL_SEARCH": "false",
        "NO_COLOR": "1",
        "LANG": "C.UTF-8",
    }


def words(project: Path, *more: str, task: str = TASK) -> list[str]:
    return ["run", task, "--engine", "live", "--project", str(project), "--json", *more]


def orchestrate(given: Sequence[str], env: Mapping[str, str], *, project: Path) -> Finished:
    """Runs the command to its end. Standard input is empty."""
    done = subprocess.run(
        [sys.executable, "-m", "orchestrator", *given],
        env=env,
        cwd=project.parent,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=RUN_LIMIT_S,
        check=False,
    )
    return Finished(code=done.returncode, stdout=done.stdout, stderr=done.stderr, project=project)


@dataclass(frozen=True, kw_only=True)
class Live:
    """A project, and a script that plays the model."""

    project: Path
    env: dict[str, str]
    api: Api

    def run(self, *more: str, task: str = TASK, env: Mapping[str, str] | None = None) -> Finished:
        return orchestrate(words(self.project, *more, task=task), self.env | dict(env or {}), project=self.project)

    def resume(self, *more: str) -> Finished:
        run_id = run_folder(self.project).name
        given = ["resume", run_id, "--project", str(self.project), "--json", *more]
        return orchestrate(given, self.env, project=self.project)

    def begin(self, *more: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "orchestrator", *words(self.project, *more)],
            env=self.env,
            cwd=self.project.parent,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )


@contextmanager
def playing(lanes: Sequence[Lane], *, project: Path, env: Mapping[str, str]) -> Iterator[Live]:
    with messages_api.serving(lanes) as api:
        yield Live(project=project, env={**env, "ANTHROPIC_BASE_URL": api.url}, api=api)


@pytest.fixture
def play(client: Path, project: Path, env: dict[str, str]) -> Callable[[Sequence[Lane]], Any]:
    """Serves a script until the test ends."""
    return partial(playing, project=project, env=env)
