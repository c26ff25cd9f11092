"""Two sessions of the real client on one project, killed again and again: nothing that was confirmed is lost."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from client_script import SKIP_PERMISSIONS, ours

from orchestrator.cli import context_check
from orchestrator.demo.messages_api import Lane, Request, Said, serving
from orchestrator.memory.store import ContextStore
from orchestrator.plugin import paths

UPDATES, DECISIONS, KILLS = 50, 20, 3
DEADLINE_S = 240
SEED = 20261125


@dataclass(kw_only=True)
class Worker:
    """One session that begins anew after each kill, and goes on with what was not confirmed."""

    name: str
    client: Path
    env: dict[str, str]
    project: Path
    confirmed: set[str] = field(default_factory=set)
    kills: int = 0

    @property
    def keys(self) -> list[str]:
        """Updates and decisions, mixed."""
        updates = [f"{self.name} update {number}" for number in range(UPDATES)]
        decisions = [f"{self.name} decision {number}" for number in range(DECISIONS)]
        return [each for pair in zip(updates, decisions, strict=False) for each in pair] + updates[DECISIONS:]

    def say(self, request: Request) -> Said:
        """The first thing that no answer of the store has confirmed."""
        self.confirmed.update(confirmed(request))
        left = [key for key in self.keys if key not in self.confirmed]
        if not left:
            return "done"
        key = left[0]
        return ours("note_task", task=key, status="completed") if "update" in key else ours("remember", decision=key)

    def work(self) -> None:
        chance = random.Random(f"{SEED} {self.name}")
        ends = time.monotonic() + DEADLINE_S
        with serving([Lane(turns=[self.say])]) as api:
            while len(self.confirmed) < len(self.keys) and time.monotonic() < ends:
                self._once(api.url, chance)

    def _once(self, url: str, chance: random.Random) -> None:
        command = [self.client, "-p", "go", "--plugin-dir", paths.root(), *SKIP_PERMISSIONS]
        started = subprocess.Popen(
            command,
            env=self.env | {"ANTHROPIC_BASE_URL": url},
            cwd=self.project,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            started.wait(timeout=chance.uniform(1.0, 4.0) if self.kills < KILLS else DEADLINE_S)
        except subprocess.TimeoutExpired:
            self.kills += 1
            self._kill(started, whole=chance.random() < 0.5)

    @staticmethod
    def _kill(started: subprocess.Popen[bytes], *, whole: bool) -> None:
        """Ends the client, or the client with its MCP server and hooks, in the middle of whatever they do."""
        if whole:
            os.killpg(started.pid, signal.SIGKILL)
        else:
            started.kill()
        started.wait()


def confirmed(request: Request) -> Iterator[str]:
    """The keys whose call came back without an error."""
    asked: dict[str, str] = {}
    for message in request.body["messages"]:
        for block in message["content"] if isinstance(message["content"], list) else ():
            if block["type"] == "tool_use":
                given = block["input"]
                asked[block["id"]] = given.get("task") or given.get("decision") or ""
            elif block["type"] == "tool_result" and not block.get("is_error"):
                yield asked[block["tool_use_id"]]


@pytest.fixture
def workers(client, env, tmp_path):
    made = []
    for name in ("left", "right"):
        own = {"CLAUDE_CONFIG_DIR": str(tmp_path / f"config-{name}")}
        made.append(Worker(name=name, client=client, env=env | own, project=tmp_path / "project"))
    return made


def test_two_sessions_that_are_killed_again_and_again_lose_nothing_and_leave_valid_files(workers, tmp_path):
    threads = [threading.Thread(target=worker.work) for worker in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    store = ContextStore(tmp_path / "project" / "context")
    for worker in workers:
        assert worker.kills == KILLS
        assert worker.confirmed == set(worker.keys)
    tasks = {each["task"] for each in store.read_state()["tasks_completed"]}
    decisions = [each.decision for each in store.decisions()]
    expected = {key for worker in workers for key in worker.keys}
    assert tasks == {key for key in expected if "update" in key}
    assert sorted(decisions) == sorted(key for key in expected if "decision" in key)  # none twice
    assert {each["decision"] for each in json.loads(store.active_path.read_text())["decisions"]} == set(decisions)
    assert context_check.problems(store, tmp_path / "project") == []
