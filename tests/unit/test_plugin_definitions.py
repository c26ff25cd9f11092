from __future__ import annotations

import shutil

import pytest

from orchestrator.plugin import check, paths
from orchestrator.plugin.definitions import load_agents, load_skills, read_agents
from orchestrator.plugin.problems import DefinitionError


@pytest.fixture
def tree(tmp_path):
    """A copy of our plugin without its locks: a changed text is another test's fault."""
    for folder in (".claude-plugin", "agents", "bin", "hooks", "skills", "schemas"):
        shutil.copytree(paths.root() / folder, tmp_path / folder, ignore=shutil.ignore_patterns("versions.json"))
    (tmp_path / "docs").mkdir()
    for name in (".mcp.json", "docs/icon.png"):
        shutil.copy(paths.root() / name, tmp_path / name)
    return tmp_path


@pytest.fixture
def change(tree):
    def rewrite(old, new):
        path = tree / "agents" / "database-engineer.md"
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new, 1))
        return [(problem.code, problem.line) for problem in check.check(tree).problems]

    return rewrite


def line_of(text):
    lines = (paths.root() / "agents" / "database-engineer.md").read_text().splitlines()
    return next(number for number, line in enumerate(lines, start=1) if text in line)


def test_the_shipped_agents_load_with_version_and_hash():
    agents = {agent.name: agent for agent in load_agents()}
    assert set(agents) == {"backend-system-architect", "code-quality-reviewer", "database-engineer"}
    engineer = agents["database-engineer"]
    assert engineer.version == "1.2.0"
    assert engineer.hands_off_to == ("code-quality-reviewer",)
    assert engineer.budgets["migration_suite"].high == 50
    assert set(engineer.skills) <= {skill.name for skill in load_skills()}


@pytest.mark.parametrize(
    ("old", "new", "code", "at"),
    [
        ("name: database-engineer", "name: data-engineer", "name-not-file", "name: database-engineer"),
        ("description: Use when", "description: Fast\n# when", "bad-value", "description:"),
        ("tools: [Read,", "tools: [7, Read,", "wrong-type", "tools:"),
        ("color: green", "color: emerald", "unknown-value", "color: green"),
        ("color: green", "color: green\ncontext: fork", "unknown-key", "maxTurns:"),
        ("  version: 1.2.0", "  version: one", "bad-value", "  version: 1.2.0"),
        ("pgvector-search, performance", "pgvector-seerch, performance", "unknown-skill", "skills: ["),
        ("hands_off_to: [code-quality-reviewer]", "hands_off_to: [nobody]", "unknown-agent", "hands_off_to:"),
        ("agent-output.schema.json", "absent.schema.json", "unknown-schema", "output_schema:"),
        ("dont: [dont-run-migrations", "dont: [dont-sleep", "unknown-clause", "    dont: ["),
        ("range: [15, 25]", "range: [45, 25]", "budget-order", "    new_table:"),
        ("module:orchestrator.migration.proof", "module:orchestrator.absent", "unknown-keeper", "objective-migrations"),
        ("id: objective-schema", "id: directive", "duplicate-clause", "id: objective-schema"),
        ('forbid: ["context/runs/**"', 'forbid: ["alembic/**"', "allow-and-forbid", "    allow:"),
        ("## How to work", "Use mcp__postgres-mcp__execute_sql.\n", "ungranted-tool", "## How to work"),
    ],
)
def test_a_broken_agent_is_refused_at_its_line(change, old, new, code, at):
    found = change(old, new)
    assert (code, line_of(at)) in found


def test_loading_refuses_an_unsound_tree_and_reading_does_not(tree, change):
    change("skills: [pgvector-search", "skills: [absent")
    with pytest.raises(DefinitionError, match='there is no skill "absent"') as refused:
        load_agents(tree)
    assert refused.value.exit_code == 2
    assert len(read_agents(tree)) == 3


def test_a_hand_off_that_the_receiver_does_not_expect_is_found(tree):
    path = tree / "agents" / "code-quality-reviewer.md"
    path.write_text(path.read_text().replace("receives_from: [database-engineer, ", "receives_from: ["))
    codes = [(problem.code, problem.file) for problem in check.check(tree).problems]
    assert codes == [("one-sided-hand-off", "agents/database-engineer.md")]


def test_an_agent_that_is_defined_twice_is_found(tree):
    (tree / "agents" / "more").mkdir()
    shutil.copy(tree / "agents" / "database-engineer.md", tree / "agents" / "more")
    codes = [problem.code for problem in check.check(tree).problems]
    assert codes == ["duplicate-agent", "duplicate-agent"]


def test_the_example_output_is_held_against_the_output_schema(change):
    found = change('"before_ms": null', '"before_ms": "fast"')
    assert found == [("example-invalid", line_of("```json"))]


def test_a_text_of_more_than_2000_words_is_a_note_and_does_not_keep_the_agent_from_loading(tree):
    path = tree / "agents" / "backend-system-architect.md"
    path.write_text(path.read_text() + "word " * 2_000)
    (problem,) = check.check(tree).problems
    assert (problem.code, problem.severity) == ("body-too-long", "note")
    assert len(load_agents(tree)) == 3


def test_a_skill_that_names_a_command_which_does_not_exist_is_found(tree):
    path = tree / "skills" / "zero-downtime-migration" / "SKILL.md"
    path.write_text(path.read_text().replace('commands: ["orchestrate run"]', 'commands: ["orchestrate fly"]'))
    (problem,) = check.check(tree).problems
    assert (problem.code, problem.line, problem.column) == ("unknown-command", 8, 14)


def test_a_skill_with_a_dead_link_or_another_name_is_found(tree):
    (tree / "skills" / "pgvector-search" / "references" / "query-forms.md").unlink()
    (tree / "skills" / "alembic-migrations").rename(tree / "skills" / "alembic")
    found = [(problem.code, problem.file) for problem in check.check(tree).problems]
    assert ("missing-file", "skills/pgvector-search/SKILL.md") in found
    assert ("host-folder-names-skill", "skills/alembic/SKILL.md") in found
    assert ("unknown-skill", "agents/database-engineer.md") in found
