"""Runs of the real Claude Code client in an environment of their own, against a script instead of a model."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from orchestrator.demo import messages_api
from orchestrator.demo.messages_api import Api, Lane, ToolUse
from orchestrator.plugin import paths

PLUGIN_PARTS = (".claude-plugin", "agents", "skills", "hooks", "schemas", "docs/icon.png", "orchestrator")
# Stands in for the client of a database: it notes how it was called, and does nothing else.
PSQL = '#!/bin/sh\necho "$*" >>"$TEST_CALLS"\necho "psql ran"\n'
RUN_LIMIT_S = 90


@dataclass(frozen=True, kw_only=True)
class Session:
    """What one run of the client left behind."""

    messages: list[dict[str, Any]]
    api: Api
    project: Path
    stderr: str

    @property
    def psql_calls(self) -> list[str]:
        """The words of every start of psql."""
        calls = self.project.parent / "calls"
        return calls.read_text().splitlines() if calls.exists() else []

    @property
    def init(self) -> dict[str, Any]:
        return next(each for each in self.messages if each.get("subtype") == "init")

    @property
    def denied(self) -> list[str]:
        """Names of the tools whose calls were held."""
        results = [each for each in self.messages if each["type"] == "result"]
        assert results, (self.messages, self.stderr)
        return [each["tool_name"] for each in results[-1]["permission_denials"]]


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    """A clean environment: nothing of the user, and a harmless psql first on PATH."""
    for folder in ("home", "config", "bin", "project"):
        (tmp_path / folder).mkdir()
    psql = tmp_path / "bin" / "psql"
    psql.write_text(PSQL)
    psql.chmod(0o755)
    return {
        "PATH": f"{tmp_path / 'bin'}:/usr/local/bin:/usr/bin:/bin:{Path(sys.executable).resolve().parent}",
        "HOME": str(tmp_path / "home"),
        "CLAUDE_CONFIG_DIR": str(tmp_path / "config"),
        "TEST_CALLS": str(tmp_path / "calls"),
        "ORCHESTRATE_PROGRAM": str(Path(sys.executable).parent / "orchestrate"),
        "ANTHROPIC_API_KEY": "sk-ant-of-no-use",
        "ANTHROPIC_BASE_URL": "http://127.0.0.1:9",  # refuses; a run gets the address of its script
        "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC": "1",
        "CLAUDE_CODE_MAX_RETRIES": "1",
        "DISABLE_AUTOUPDATER": "1",
        "ENABLE_TOOL_SEARCH": "false",
        "IS_SANDBOX": "1",  # lets root skip permissions
        "LANG": "C.UTF-8",
    }


@pytest.fixture
def plugin(tmp_path: Path) -> Path:
    """A copy of the plugin that a test may break."""
    for part in PLUGIN_PARTS:
        source, target = paths.root() / part, tmp_path / "plugin" / part
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", "data"))
        else:
            shutil.copy(source, target)
    return tmp_path / "plugin"


@pytest.fixture
def run(client: Path, env: dict[str, str], tmp_path: Path) -> Callable[..., Session]:
    """Runs the client on a script: its lanes, or only the turns of the main thread."""

    def run_client(
        *turns: str | Sequence[ToolUse],
        lanes: Sequence[Lane] = (),
        plugin: Path | None = None,
        flags: Sequence[str] = ("--allowedTools", "Bash", "Agent"),
        variables: Mapping[str, str] | None = None,
    ) -> Session:
        project = tmp_path / "project"
        command = [client, "-p", "go", "--output-format", "stream-json", "--verbose", *flags]
        if plugin is not None:
            command += ["--plugin-dir", plugin]
        with messages_api.serving(lanes or [Lane(turns=turns)]) as api:
            done = subprocess.run(
                command,
                env=env | {"ANTHROPIC_BASE_URL": api.url} | dict(variables or {}),
                cwd=project,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                timeout=RUN_LIMIT_S,
                check=False,
            )
        messages = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
        return Session(messages=messages, api=api, project=project, stderr=done.stderr)

    return run_client


@pytest.fixture
def manage(client: Path, env: dict[str, str], tmp_path: Path) -> Callable[..., None]:
    """Runs `claude plugin …`."""

    def run_plugin(*arguments: str) -> None:
        command = [client, "plugin", *arguments]
        done = subprocess.run(
            command, env=env, cwd=tmp_path / "project", capture_output=True, text=True, timeout=RUN_LIMIT_S, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr

    return run_plugin
