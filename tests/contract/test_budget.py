"""Tool calls of a subagent: counted, warned about, held, and in the record."""

from __future__ import annotations

import subprocess

import pytest
from hook_client import ENGINEER

from orchestrator.contract import budget, definition
from orchestrator.plugin import paths
from orchestrator.plugin.definitions import read_agents

KINDS = definition.load("database-engineer", paths.root()).kinds


@pytest.fixture
def small(client):
    """A plugin whose engineer has small budgets."""
    import shutil

    target = client.project.parent / "plugin"
    for name in ("agents", "hooks", "schemas", "orchestrator"):
        shutil.copytree(paths.root() / name, target / name, ignore=shutil.ignore_patterns("__pycache__", "data"))
    path = target / "agents" / "database-engineer.md"
    text = path.read_text()
    for old in ("[5, 10], cap: 15", "[15, 25], cap: 38", "[10, 20], cap: 30", "[30, 50], cap: 75"):
        assert old in text
        text = text.replace(old, "[1, 2], cap: 3")
    path.write_text(text)
    client.plugin = target
    client.start(prompt="make it fast")
    return client


def test_a_call_is_warned_about_held_and_at_last_ends_the_subagent(small):
    answers = [small.call(number) for number in range(1, 8)]
    assert [bool(each.context) for each in answers[:3]] == [False, True, False]
    assert "call 2 of 1 to 2" in answers[1].context
    assert all("were not run" in each.denial or "was not run" in each.denial for each in answers[3:6])
    assert "continue" not in answers[5].reply
    assert answers[6].reply["continue"] is False
    assert small.head()["status"] == "stopped"
    assert (small.head()["calls"], small.head()["held"]) == (3, 4)
    (pending,) = small.state()["tasks_pending"]
    assert "budget" in pending["blockers"][0]


def test_what_an_agent_leaves_behind_is_not_rationed(small):
    for number in range(1, 4):
        small.call(number)
    assert small.call(4, "mcp__plugin_pgwright_pgwright__remember", decision="x").denial == ""
    assert small.call(5).denial != ""


def test_calls_at_the_same_moment_are_counted_one_by_one(small):
    started = [
        subprocess.Popen(
            small.command("call"),
            env=small.environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        for _ in range(6)
    ]
    for number, process in enumerate(started):
        event = small.event(
            "call", agent_id="a1", agent_type=ENGINEER, tool_name="Read", tool_input={}, tool_use_id=f"p{number}"
        )
        process.stdin.write(event)
        process.stdin.close()
    said = [process.stdout.read().decode() for process in started]
    for process in started:
        process.wait()
    assert sum('"deny"' in each for each in said) == 3


def test_the_tools_that_write_decisions_get_the_true_name_of_the_agent(client):
    client.start()
    said = client.call(1, "mcp__plugin_pgwright_pgwright__remember", decision="x", agent="somebody")
    assert said.reply["hookSpecificOutput"]["updatedInput"] == {"decision": "x", "agent": "database-engineer"}
    assert "permissionDecision" not in said.reply["hookSpecificOutput"]


@pytest.mark.parametrize(
    ("task", "expected"),
    [
        ("review the schema of orders", "schema_review"),
        ("why is the report slow?", "query_optimization"),
        ("Optimize hybrid search", "query_optimization"),
        ("add a table for comments", "new_table"),
        ("write the migrations for the split", "migration_suite"),
        ("review why it is slow", "query_optimization"),  # the wider of the two
        ("do what is needed", "migration_suite"),  # nothing named: the widest
    ],
)
def test_the_kind_of_work_is_the_widest_that_the_task_names(task, expected):
    assert budget.kind_of(task, KINDS).name == expected


@pytest.mark.parametrize("agent", read_agents(), ids=lambda agent: agent.name)
def test_the_definition_is_read_as_a_yaml_library_reads_it(agent):
    found = definition.load(agent.name, paths.root())
    assert (found.version, found.sha256, found.hands_off_to) == (agent.version, agent.sha256, agent.hands_off_to)
    assert f"schemas/{found.output_schema}.schema.json" == agent.output_schema
    read = {each.name: (each.low, each.high, each.cap) for each in found.kinds}
    assert read == {name: (each.low, each.high, each.cap) for name, each in agent.budgets.items()}
    raw = agent.document.data["x-orchestrate"]["budgets"]
    assert {each.name: list(each.when) for each in found.kinds} == {name: raw[name]["when"] for name in raw}
