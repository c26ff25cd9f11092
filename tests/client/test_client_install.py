"""The plugin installed from a git marketplace, offline: tracked files only, and everything in it works."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from client_script import SKIP_PERMISSIONS, answer, bash, delegate

from orchestrator.plugin import paths
from orchestrator.plugin.definitions import read_agents, read_skills

ADDRESS = "https://github.com/pgwright/pgwright.git"
NOT_NEEDED = ("tests", "benchmarks", "docs", ".ci")


@pytest.fixture
def marketplace(tmp_path, env):
    """A git repository of the tracked files, in the place of the public one."""
    source = tmp_path / "repository"
    listed = subprocess.run(
        ["git", "-C", paths.root(), "ls-files", "-z"], capture_output=True, text=True, check=True
    ).stdout
    for name in filter(None, listed.split("\0")):
        target = source / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if (paths.root() / name).is_file():
            shutil.copy2(paths.root() / name, target)
    author = ["-c", "user.name=test", "-c", "user.email=test@example.org"]
    for arguments in (["init", "-q"], ["add", "-A"], [*author, "commit", "-q", "-m", "all"]):
        subprocess.run(["git", "-C", source, *arguments], check=True)
    config = f'[url "file://{source}"]\n\tinsteadOf = {ADDRESS}\n\tinsteadOf = git@github.com:pgwright/pgwright.git\n'
    (Path(env["HOME"]) / ".gitconfig").write_text(config)
    return source


@pytest.fixture
def installed(marketplace, manage, env):
    """The folder that the client runs."""
    manage("marketplace", "add", "pgwright/pgwright")
    manage("install", "pgwright@pgwright")
    (folder,) = (Path(env["CLAUDE_CONFIG_DIR"]) / "plugins" / "cache" / "pgwright" / "pgwright").iterdir()
    return folder


def test_the_installed_plugin_has_the_whole_team(installed, run):
    init = run("done").init
    assert not init.get("plugin_errors")
    assert {f"pgwright:{agent.name}" for agent in read_agents()} <= set(init["agents"])
    assert {f"pgwright:{skill.name}" for skill in read_skills()} <= set(init["skills"])
    assert not list(installed.rglob("__pycache__"))


def test_the_installed_plugin_works_without_the_tests_of_the_repository(installed, run, tmp_path):
    for name in NOT_NEEDED:
        shutil.rmtree(installed / name)
    lanes = delegate(bash("psql shop -c 'DROP TABLE orders'"), bash("psql shop -c 'SELECT 1'"), "no JSON", answer())
    session = run(lanes=lanes, flags=SKIP_PERMISSIONS)
    assert session.psql_calls == ["shop -c SELECT 1"]
    assert "pgwright, for database-engineer" in session.api.of(subagent=True)[0].context
    state = json.loads((tmp_path / "project" / "context" / "session" / "state.json").read_text())
    assert [each["status"] for each in state["runs"]] == ["done"]
    assert not list(installed.rglob("__pycache__"))
