"""What the client makes of each dialect before and after `agents fix`, and that the losses named are those."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from client_script import spawn

from orchestrator.demo.messages_api import Lane
from orchestrator.plugin.fix.run import fix_all

DIALECTS = Path(__file__).parents[1] / "data" / "dialects"
OFFERED = ["Bash", "Edit", "Read", "WebSearch", "Write"]


@pytest.fixture
def dialect(tmp_path):
    """A plugin and a project with the agent of one dialect each."""

    def place(name):
        (tmp_path / "demo" / ".claude-plugin").mkdir(parents=True)
        (tmp_path / "demo" / ".claude-plugin" / "plugin.json").write_text('{"name": "demo"}')
        placed = []
        for folder in (tmp_path / "demo" / "agents", tmp_path / "project" / ".claude" / "agents"):
            folder.mkdir(parents=True)
            placed.append(Path(shutil.copy(DIALECTS / name, folder / "ledger-keeper.md")))
        return placed

    return place


@pytest.fixture
def listed(run, tmp_path):
    """The agents of a session, what the model is told of ours, and the request of ours when it is started."""

    def start(agent):
        lanes = [Lane(turns=[spawn(agent), "done"]), Lane(turns=["done"], subagent=True)]
        session = run(lanes=lanes, plugin=tmp_path / "demo")
        asked = [request for request in session.api.requests if request.subagent]
        return session.init["agents"], session.api.requests[0].context, asked[0] if asked else None

    return start


def fixed(paths):
    done = fix_all(paths)
    for each in done:
        each.write()
    return [{problem.code for problem in each.losses} for each in done]


def test_flat_hooks_keep_a_projects_agent_from_loading_until_they_are_mended(dialect, listed):
    in_plugin, in_project = dialect("flat-hooks.md")
    assert "ledger-keeper" not in listed("demo:ledger-keeper")[0]
    of_plugin, of_project = fixed([in_plugin, in_project])
    assert "host-not-loaded" in of_project
    assert "host-not-loaded" not in of_plugin
    agents, _, asked = listed("ledger-keeper")
    assert {"ledger-keeper", "demo:ledger-keeper"} <= set(agents)
    assert "Reconcile ledgers and say what differs." in asked.system


def test_newlines_written_out_and_examples_reach_the_model_until_they_are_moved(dialect, listed):
    in_plugin, in_project = dialect("literal-newlines.md")
    assert r"month ends. Examples:\n\n<example>" in listed("demo:ledger-keeper")[1]
    of_plugin, _ = fixed([in_plugin, in_project])
    assert {code for code in of_plugin if "newline" in code or "escape" in code}, of_plugin
    _, told, asked = listed("demo:ledger-keeper")
    assert "<example>" not in told
    assert "ledger-keeper: Use this agent when working with ledgers, balances or month ends." in told
    assert "You are a careful keeper of ledgers." in asked.system


@pytest.mark.parametrize("name", ["inline-examples.md", "role-and-expertise.md"])
def test_the_agent_stays_the_same_and_costs_no_more(dialect, listed, name):
    placed = dialect(name)
    before = said(listed)
    fixed(placed)
    after = said(listed)
    assert len(after[0]) < len(before[0]) if "<example>" in before[0] else after[0] == before[0]
    assert "<example>" not in after[0]
    assert after[1] == before[1]


def said(listed):
    """What stands in the list of agents, and the body in the system prompt."""
    _, told, asked = listed("demo:ledger-keeper")
    entry = told[told.index("demo:ledger-keeper") :].split("\n- ")[0]
    return entry, asked.system[asked.system.index("edger") :]


def test_a_tool_that_is_gone_was_never_offered(dialect, listed):
    placed = dialect("comma-tools.md")
    before = listed("demo:ledger-keeper")[2].tools
    of_plugin, _ = fixed(placed)
    assert "host-unknown-tool" in of_plugin
    assert sorted(before) == sorted(listed("demo:ledger-keeper")[2].tools)
    assert "LS" not in before
