"""The plugin as the real Claude Code client sees it, in an environment of its own."""

from __future__ import annotations

import json
import subprocess

import pytest

import orchestrator
from orchestrator.plugin import paths
from orchestrator.plugin.definitions import read_agents, read_skills


@pytest.fixture
def validate(client, tmp_path):
    def run(target, *flags):
        home = str(tmp_path)
        clean = {"PATH": "/usr/bin:/bin", "HOME": home, "CLAUDE_CONFIG_DIR": home, "LANG": "C.UTF-8"}
        return subprocess.run(
            [client, "plugin", "validate", str(target), "--strict", "--json", *flags],
            env=clean,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return run


@pytest.mark.parametrize("target", [".", ".claude-plugin/plugin.json", ".claude-plugin/marketplace.json"])
def test_the_client_accepts_the_plugin_strictly(validate, target):
    done = validate(paths.root() / target)
    report = json.loads(done.stdout)
    assert report["success"], report
    assert done.returncode == 0


def test_the_plugin_satisfies_the_rules_of_the_public_directory(validate):
    done = validate(paths.root(), "--profile", "directory")
    directory = json.loads(done.stdout)["directory"]
    assert (directory["findings"], directory["undecided"], directory["failure"]) == ([], [], None)
    assert done.returncode == 0


def test_the_client_finds_every_agent_and_skill(validate):
    provides = json.loads(validate(paths.root()).stdout)["provides"]
    assert provides["agents"] == [f"pgwright:{agent.name}" for agent in read_agents()]
    assert provides["skills"] == [f"pgwright:{skill.name}" for skill in read_skills()]


def test_the_client_refuses_a_manifest_without_a_name(validate, tmp_path):
    (tmp_path / ".claude-plugin").mkdir()
    (tmp_path / ".claude-plugin" / "plugin.json").write_text('{"version": "1.0.0"}')
    assert validate(tmp_path).returncode == 1


def test_the_manifests_carry_the_version_of_the_package():
    plugin = json.loads((paths.root() / ".claude-plugin" / "plugin.json").read_text())
    market = json.loads((paths.root() / ".claude-plugin" / "marketplace.json").read_text())
    (entry,) = market["plugins"]
    assert plugin["version"] == entry["version"] == orchestrator.__version__
    assert (plugin["name"], entry["source"]) == (entry["name"], "./")
