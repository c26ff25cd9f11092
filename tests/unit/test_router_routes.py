"""Every line of tests/routes goes where it says. The files are the place to add what was routed wrongly."""

from __future__ import annotations

import pytest

from orchestrator.plugin import paths
from orchestrator.plugin.definitions import read_agents
from orchestrator.router import shipped
from orchestrator.router.answer import router

LINES = shipped.read(paths.root())


@pytest.fixture(scope="module")
def ours():
    return router()


@pytest.mark.parametrize("line", LINES, ids=lambda line: f"{line.agent}:{line.line}")
def test_each_line_reaches_its_agent_or_keeps_away(ours, line):
    found = ours.route(line.task)
    assert line.fault(found) is None, (line.task, [(hit.rule, hit.agent, hit.weight) for hit in found.matched])


@pytest.mark.parametrize("name", [*(agent.name for agent in read_agents(paths.root())), "none"])
def test_each_agent_has_lines_that_reach_it_and_lines_that_must_not(name):
    own = [line for line in LINES if line.agent == name]
    assert len(own) >= 25, f"{name}: add requests to tests/routes/{name}.txt"
    assert name == "none" or any(not line.must for line in own)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("slow query", ("slow query", None, True)),
        ("slow query => recall", ("slow query", "recall", True)),
        ("! review my branch", ("review my branch", None, False)),
        ("  indented  ", ("indented", None, True)),
    ],
)
def test_a_line_names_a_task_a_skill_and_whether_it_must(tmp_path, text, expected):
    folder = tmp_path / "tests" / "routes"
    folder.mkdir(parents=True)
    (folder / "baker.txt").write_text(f"# a comment\n\n{text}\n")
    (line,) = shipped.read(tmp_path)
    assert (line.task, line.skill, line.must) == expected
    assert (line.agent, line.file, line.line) == ("baker", "tests/routes/baker.txt", 3)


@pytest.mark.parametrize(
    ("agent", "skill", "must", "fault"),
    [
        ("database-engineer", None, True, None),
        ("database-engineer", "performance-optimization", True, None),
        ("database-engineer", "recall", True, "has the skill performance-optimization first instead of recall"),
        ("none", None, True, "goes to database-engineer instead of none (score)"),
        ("database-engineer", None, False, "reaches database-engineer"),
        ("none", None, False, None),
    ],
)
def test_a_wrong_answer_is_told_from_a_right_one(ours, agent, skill, must, fault):
    line = shipped.Line(task="slow query", agent=agent, skill=skill, must=must, file="", line=1)
    assert line.fault(ours.route(line.task)) == fault
