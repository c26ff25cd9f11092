from __future__ import annotations

import io
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


def test_a_task_is_answered_with_its_agent_and_skills(orchestrate):
    code, out, err = orchestrate("route", "optimize hybrid search")
    assert (code, err) == (0, "")
    assert out.splitlines()[0] == "database-engineer: pgvector-search, performance-optimization"


def test_a_skill_that_is_there_is_named_without_a_remark(orchestrate):
    _, out, _ = orchestrate("route", "sorry, too many clients already")
    assert out.splitlines()[0] == "database-engineer: connection-pooling"


@pytest.mark.parametrize(
    "task",
    [
        "optimize hybrid search",
        "plant a tree",
        "",
        "put the index cards next to the database index",
        "add a reviews table and then build the endpoint",
        "ERROR: deadlock detected \u2028 größere Tabelle 查询很慢 \x00 ''' {{}}",
    ],
)
def test_every_json_answer_satisfies_its_schema(orchestrate, task):
    _, out, _ = orchestrate("route", task, "--json")
    answer = json.loads(out)
    assert validate(answer, "route") == []
    assert answer["task"] == task


def test_a_task_for_nobody_ends_with_3_and_one_question(orchestrate):
    code, out, err = orchestrate("route", "plant a tree")
    assert (code, out) == (3, "")
    assert 'error: no agent fits "plant a tree"' in err
    assert "database-engineer (0)" in err
    assert err.count("?") == 1


def test_a_task_for_nobody_still_prints_json_alone_on_standard_output(orchestrate):
    code, out, err = orchestrate("route", "plant a tree", "--json")
    answer = json.loads(out)
    assert code == 3
    assert answer["agent"] == "none"
    assert len(answer["nearest"]) == 3
    assert answer["question"] in err


def test_lines_from_standard_input_give_one_object_each(orchestrate, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("slow query\nplant a tree\n\nreview my branch\n"))
    code, out, _ = orchestrate("route", "-", "--json")
    agents = [json.loads(line)["agent"] for line in out.splitlines()]
    assert code == 0
    assert agents == ["database-engineer", "none", "none", "code-quality-reviewer"]


def test_explain_marks_the_words_that_decided_and_names_those_that_do_not_count(orchestrate):
    _, out, _ = orchestrate("route", "the slow query that reads our index cards", "--explain")
    assert "the [slow query] that reads our index cards" in out
    assert "[index] does not count: another kind of index" in out


def test_an_alembic_project_leans_the_answer(orchestrate, tmp_path):
    without = json.loads(orchestrate("route", "which constraint fits", "--json")[1])
    (tmp_path / "alembic.ini").write_text("[alembic]\n")
    leaning = json.loads(orchestrate("route", "which constraint fits", "--json", "--project", str(tmp_path))[1])
    nobody = json.loads(orchestrate("route", "plant a tree", "--json", "--project", str(tmp_path))[1])
    assert without["agent"] == nobody["agent"] == "none"
    assert leaning["agent"] == "database-engineer"


def test_help_starts_with_an_example(orchestrate):
    code, out, _ = orchestrate("route", "--help")
    assert code == 0
    assert 'orchestrate route "the orders page' in out
