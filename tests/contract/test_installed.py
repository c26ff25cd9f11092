"""The hooks, the launcher and the MCP server's wiring are in the installed package, too, and work from there."""

from __future__ import annotations

import subprocess
import sys
import zipfile

import pytest
from hook_client import Client

from orchestrator.plugin import paths

ROOT = paths.root()


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site-packages")
    return folder / "site-packages" / "orchestrator" / "_plugin"


def test_a_subagent_of_the_installed_package_is_briefed_counted_and_checked(client, installed):
    own = Client(project=client.project, data=client.data, plugin=installed)
    assert "calls past 30 are held" in own.start(prompt="make it fast").context
    assert own.call(1).reply == {}
    assert "there is no JSON object" in own.end("done").reply["reason"]
    assert own.head()["calls"] is None


@pytest.mark.parametrize("name", [".mcp.json", ".claude-plugin/plugin.json", "bin/orchestrate", "hooks/contract"])
def test_what_the_client_needs_is_installed_as_well(installed, name):
    assert (installed / name).read_bytes() == (ROOT / name).read_bytes()
