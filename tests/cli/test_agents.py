from __future__ import annotations

import json
import shutil

import pytest

from orchestrator.cli import main
from orchestrator.plugin import paths
from orchestrator.plugin.validation import validate


@pytest.fixture
def orchestrate(capsys):
    def run(*words):
        with pytest.raises(SystemExit) as ended:
            main(list(words))
        captured = capsys.readouterr()
        return ended.value.code, captured.out, captured.err

    return run


@pytest.fixture
def agent_file(tmp_path):
    return shutil.copy(paths.root() / "agents" / "database-engineer.md", tmp_path / "database-engineer.md")


def test_the_shipped_agents_skills_and_lexicon_have_no_finding(orchestrate):
    code, out, err = orchestrate("agents", "check")
    assert (code, out) == (0, "")
    assert "no findings" in err


def test_a_finding_is_printed_with_place_code_and_mend(orchestrate, agent_file):
    agent_file.write_text(agent_file.read_text().replace("model: sonnet", "modell: sonnet"))
    code, out, _ = orchestrate("agents", "check", str(agent_file))
    assert code == 1
    assert f'{agent_file}:5:1: error: unknown-key: unknown key "modell"' in out
    assert "fix: Remove it, or use one of:" in out


def test_github_annotations_name_file_line_and_column(orchestrate, agent_file):
    agent_file.write_text(agent_file.read_text().replace("color: green", "color: emerald"))
    _, out, _ = orchestrate("agents", "check", str(agent_file), "--format", "github")
    assert f"::error file={agent_file},line=7,col=1,title=unknown-value::" in out


def test_json_findings_satisfy_their_schema(orchestrate, agent_file):
    agent_file.write_text(agent_file.read_text().replace("code-quality-reviewer", "nobody"))
    code, out, _ = orchestrate("agents", "check", str(agent_file), "--json")
    report = json.loads(out)
    assert code == 1
    assert validate(report, "agents-check") == []
    assert {finding["code"] for finding in report["findings"]} == {"unknown-agent"}
    assert report["checked"][0]["host"]["ignores"] == ["x-orchestrate"]


def test_a_path_that_does_not_exist_is_a_usage_error(orchestrate, tmp_path):
    code, _, err = orchestrate("agents", "check", str(tmp_path / "absent.md"))
    assert code == 2
    assert "absent.md does not exist" in err


def test_show_names_version_hash_and_budgets(orchestrate):
    _, out, _ = orchestrate("agents", "show", "database-engineer", "--json")
    shown = json.loads(out)
    assert shown["version"] == "1.2.0"
    assert len(shown["sha256"]) == 64
    assert shown["budgets"]["query_optimization"] == {"range": [10, 20], "cap": 30}
    assert "query_optimization: 10 to 20 tool calls, stopped past 30" in orchestrate("agents", "show", shown["name"])[1]


def test_an_unknown_agent_is_a_usage_error_that_names_the_known_ones(orchestrate):
    code, _, err = orchestrate("agents", "show", "gardener")
    assert code == 2
    assert "backend-system-architect, code-quality-reviewer, database-engineer" in err


def test_coverage_shows_each_clause_and_says_what_is_only_prose(orchestrate):
    _, out, _ = orchestrate("agents", "coverage", "database-engineer")
    assert "proved     objective-migrations" in out
    assert "enforced   dont-run-migrations" in out
    assert "skills with a playbook: " in out
    document = json.loads(orchestrate("agents", "coverage", "--json")[1])
    assert validate(document, "agents-coverage") == []
    agents = document["agents"]
    assert [sum(agent["totals"].values()) for agent in agents] == [len(agent["clauses"]) for agent in agents]


def test_little_of_the_database_engineer_is_only_prose(orchestrate):
    _, out, _ = orchestrate("agents", "coverage", "agents/database-engineer.md", "--json")
    (agent,) = json.loads(out)["agents"]
    assert agent["prose_share"] < 0.15
