"""The command line as a process, and one small demo run that several tests look at."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

SMALL = "4000"  # few, but enough for indexes to pay
TINY = "800"  # where only the way through the steps matters
TASK = "optimize hybrid search"


@dataclass(frozen=True, kw_only=True)
class Finished:
    code: int
    stdout: str
    stderr: str

    @property
    def document(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.stdout)
        return found


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "orchestrator", *words]


def orchestrate(*words: str, env: Mapping[str, str] | None = None, **options: Any) -> Finished:
    """Runs the command to its end. Standard input is empty."""
    done = subprocess.run(
        command(*words),
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=300,
        env={**os.environ, "NO_COLOR": "1", **(env or {})},
        check=False,
        **options,
    )
    return Finished(code=done.returncode, stdout=done.stdout, stderr=done.stderr)


@dataclass(frozen=True, kw_only=True)
class DemoRun:
    project: Path
    finished: Finished

    @property
    def document(self) -> dict[str, Any]:
        return self.finished.document

    @property
    def folder(self) -> Path:
        return self.project / "context" / "runs" / str(self.document["run_id"])


@pytest.fixture(scope="session")
def demo_run(tmp_path_factory: pytest.TempPathFactory) -> DemoRun:
    """A whole run of the demo with few documents."""
    project = tmp_path_factory.mktemp("demo")
    finished = orchestrate(TASK, "--project", str(project), "--documents", SMALL, "--json")
    assert finished.code == 0, finished.stderr
    return DemoRun(project=project, finished=finished)
