from __future__ import annotations

import json

import pytest

from orchestrator.cli import main
from orchestrator.plugin.validation import validate


@pytest.fixture
def orchestrate(capsys):
    def run(*words):
        with pytest.raises(SystemExit) as ended:
            main(list(words))
        captured = capsys.readouterr()
        return ended.value.code, captured.out, captured.err

    return run


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
