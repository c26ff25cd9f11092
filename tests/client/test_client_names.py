"""What the checks of names say of the client, seen in the client."""

from __future__ import annotations

import pytest
from client_script import spawn

from orchestrator.demo.messages_api import Lane
from orchestrator.plugin import bundled
from orchestrator.plugin.sample import plain, skill

MARKS = ("BODY-A", "BODY-B", "BODY-C", "SKILL-OPEN", "SKILL-LOCKED", "SKILL-HIDDEN")


@pytest.fixture
def started(run, tmp_path):
    """The session's own list of what it found, and the marks in the request of the agent that was started."""

    def start(files, agent):
        for name, text in {"demo/.claude-plugin/plugin.json": '{"name": "demo"}', **files}.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        lanes = [Lane(turns=[spawn(agent), "done"]), Lane(turns=["done"], subagent=True)]
        session = run(lanes=lanes, plugin=tmp_path / "demo")
        asked = [request.system + request.context for request in session.api.requests if request.subagent]
        assert asked, session.messages
        return session.init, [mark for mark in MARKS if mark in asked[0]]

    return start


def test_the_client_brings_the_names_that_are_taken_for_known(started):
    init, _ = started({"demo/agents/a.md": plain(name="a", body="BODY-A\n")}, "demo:a")
    assert set(init["agents"]) - {"demo:a"} == bundled.AGENTS
    assert {name for name in init["skills"] if ":" not in name} <= bundled.SKILLS
    assert set(init["slash_commands"]) <= bundled.COMMANDS | bundled.SKILLS | {
        "__remote-workflow",
        "workflow-launch-exec",
    }


def test_a_skill_for_people_is_not_preloaded_and_one_for_the_model_alone_is(started):
    files = {
        "demo/agents/a.md": plain("skills: [open, locked, hidden, absent]\n", "BODY-A\n", name="a"),
        "demo/skills/open/SKILL.md": skill("", "SKILL-OPEN\n", name="open"),
        "demo/skills/locked/SKILL.md": skill("disable-model-invocation: true\n", "SKILL-LOCKED\n", name="locked"),
        "demo/skills/hidden/SKILL.md": skill("user-invocable: false\n", "SKILL-HIDDEN\n", name="hidden"),
    }
    assert started(files, "demo:a")[1] == ["BODY-A", "SKILL-OPEN", "SKILL-HIDDEN"]


def test_of_two_agents_with_one_name_one_is_kept_and_a_plugins_folder_tells_them_apart(started):
    files = {
        "demo/agents/a.md": plain(name="twin", body="BODY-A\n"),
        "demo/agents/b.md": plain(name="twin", body="BODY-B\n"),
        "demo/agents/more/c.md": plain(name="twin", body="BODY-C\n"),
    }
    init, marks = started(files, "demo:twin")
    # Which of the two it is depends on the order in which the client happened to read them.
    assert marks in (["BODY-A"], ["BODY-B"])
    assert {"demo:twin", "demo:more:twin"} <= set(init["agents"])


def test_a_project_keeps_one_agent_of_a_name_whatever_its_folder(started):
    files = {
        "project/.claude/agents/a.md": plain(name="twin", body="BODY-A\n"),
        "project/.claude/agents/more/c.md": plain(name="twin", body="BODY-C\n"),
    }
    init, marks = started(files, "twin")
    assert len(marks) == 1
    assert [name for name in init["agents"] if "twin" in name] == ["twin"]


def test_a_projects_agent_takes_the_place_of_the_clients_own(started):
    files = {"project/.claude/agents/Explore.md": plain(name="Explore", body="BODY-A\n")}
    assert started(files, "Explore")[1] == ["BODY-A"]


def test_a_readme_in_a_plugins_agents_is_an_agent_and_a_lock_is_none(started):
    files = {
        "demo/agents/a.md": plain(name="a", body="BODY-A\n"),
        "demo/agents/README.md": "# Agents\n",
        "demo/agents/versions.json": "{}",
        "demo/skills/versions.json": "{}",
        "project/.claude/agents/README.md": "# Agents\n",
    }
    init, _ = started(files, "demo:a")
    assert set(init["agents"]) - bundled.AGENTS == {"demo:a", "demo:README"}
    assert [name for name in init["skills"] if name.startswith("demo")] == []


def test_a_skill_goes_by_its_folder_in_a_plugin_and_in_a_project(started):
    files = {
        "demo/agents/a.md": plain(name="a", body="BODY-A\n"),
        "demo/skills/one/SKILL.md": skill(name="first"),
        "project/.claude/skills/two/SKILL.md": skill(name="second"),
    }
    init, _ = started(files, "demo:a")
    assert {"demo:one", "two"} <= set(init["skills"])
    assert not {"demo:first", "second"} & set(init["skills"])
