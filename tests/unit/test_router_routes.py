"""Every line of tests/routes goes where it says. The files are the place to add what was routed wrongly."""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestrator.plugin import paths
from orchestrator.plugin.definitions import read_agents
from orchestrator.router.answer import route

ROUTES = Path(__file__).parent.parent / "routes"


def lines(agent):
    for line in (ROUTES / f"{agent}.txt").read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.strip()


def all_lines():
    return [(path.stem, line) for path in sorted(ROUTES.glob("*.txt")) for line in lines(path.stem)]


@pytest.mark.parametrize(("agent", "line"), all_lines())
def test_each_line_reaches_its_agent_or_keeps_away(agent, line):
    task, _, skill = line.removeprefix("!").strip().partition(" => ")
    found = route(task)
    why = found.as_json()["matched"]
    if line.startswith("!"):
        assert found.agent != agent, why
        return
    assert found.agent == agent, why
    if skill:
        assert found.skills[0].name == skill, why


def test_each_agent_has_lines_that_reach_it_and_lines_that_must_not():
    for agent in read_agents(paths.root()):
        assert (ROUTES / f"{agent.name}.txt").is_file(), f"{agent.name}: add tests/routes/{agent.name}.txt"
        found = list(lines(agent.name))
        assert len(found) >= 25
        assert any(line.startswith("!") for line in found)
