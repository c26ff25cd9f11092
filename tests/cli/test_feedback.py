from __future__ import annotations

import json

import pytest

from orchestrator.cli import main
from orchestrator.plugin.validation import validate

TASK = "flurble the quibbit"  # no word of it is known


@pytest.fixture(autouse=True)
def project(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ORCHESTRATE_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("ORCHESTRATE_CONTEXT", raising=False)
    return tmp_path


@pytest.fixture
def orchestrate(capsys):
    def run(*words):
        with pytest.raises(SystemExit) as ended:
            main(list(words))
        captured = capsys.readouterr()
        return ended.value.code, captured.out, captured.err

    return run


def test_a_label_is_written_down_and_the_answer_of_today_and_its_mend_are_said(orchestrate, project):
    code, out, err = orchestrate("feedback", TASK, "--agent", "database-engineer")
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "added: database-engineer, in line 1 of context/routing/examples.jsonl",
        "the words alone say none; decided by none: no agent reaches the threshold",
        'this would mend it, in the phrases of database-engineer\'s routing: - {phrase: "flurble quibbit", weight: 4}',
        "next: orchestrate route --lint shows every task that the words alone route elsewhere",
    ]
    assert json.loads((project / "context/routing/examples.jsonl").read_text())["task"] == TASK


def test_route_follows_the_label_in_that_project_only(orchestrate, project, tmp_path_factory):
    orchestrate("feedback", TASK, "--agent", "database-engineer", "--skill", "transaction-management")
    code, out, _ = orchestrate("route", f"{TASK.upper()}!", "--explain")
    assert (code, out.splitlines()[0].split(",")[0]) == (0, "database-engineer: transaction-management")
    assert "decided by example: labelled in line 1 of routing/examples.jsonl" in out
    elsewhere = str(tmp_path_factory.mktemp("elsewhere"))
    assert orchestrate("route", TASK, "--project", elsewhere)[0] == 3


def test_a_label_that_the_words_give_already_needs_no_mend(orchestrate):
    code, out, _ = orchestrate("feedback", "slow query on orders", "--agent", "database-engineer", "--json")
    answer = json.loads(out)
    assert code == 0
    assert validate(answer, "feedback") == []
    assert (answer["agrees"], answer["mend"], answer["today"]["agent"]) == (True, None, "database-engineer")
    assert answer["today"]["rules"]


def test_every_answer_satisfies_its_schema(orchestrate):
    for agent, action in (("database-engineer", "added"), ("database-engineer", "unchanged"), ("none", "changed")):
        answer = json.loads(orchestrate("feedback", TASK, "--agent", agent, "--json")[1])
        assert validate(answer, "feedback") == []
        assert answer["action"] == action


@pytest.mark.parametrize("name", ["spec.json", "agent.json"])
def test_a_run_is_labelled_by_its_task(orchestrate, project, name):
    run = project / "context" / "runs" / "20260101-120000-abcd"
    run.mkdir(parents=True)
    (run / name).write_text(json.dumps({"task": TASK}))
    answer = json.loads(orchestrate("feedback", run.name, "--agent", "database-engineer", "--json")[1])
    assert (answer["task"], answer["run_id"]) == (TASK, run.name)
    assert orchestrate("route", TASK)[0] == 0


def test_a_run_whose_task_cannot_be_read_is_refused(orchestrate, project):
    (project / "context" / "runs" / "torn").mkdir(parents=True)
    code, _, err = orchestrate("feedback", "torn", "--agent", "database-engineer")
    assert code == 2
    assert "the run torn has no task that can be read" in err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ((TASK, "--agent", "databse-engineer"), "Did you mean database-engineer?"),
        ((TASK, "--agent", "database-engineer", "--skill", "pgvector"), "Did you mean pgvector-search?"),
        (("?!", "--agent", "database-engineer"), "the task has no words"),
        (("", "--agent", "database-engineer"), "the task has no words"),
        ((TASK,), "--agent"),
    ],
)
def test_what_cannot_be_labelled_is_refused_and_nothing_is_written(orchestrate, project, words, message):
    code, _, err = orchestrate("feedback", *words)
    assert code == 2
    assert message in err
    assert not (project / "context").exists()


def test_an_agent_of_another_collection_can_be_meant(orchestrate, project):
    (project / "team").mkdir()
    (project / "team" / "baker.md").write_text("---\nname: baker\ndescription: Bakes sourdough bread.\n---\n")
    (project / "team" / "florist.md").write_text("---\nname: florist\ndescription: Binds tulips.\n---\n")
    answer = json.loads(orchestrate("feedback", "scones", "--agent", "baker", "--agents", "team", "--json")[1])
    assert answer["mend"]["agent"] == "baker"
    assert orchestrate("route", "scones", "--agents", "team")[1] == "baker\n"


def test_the_lint_shows_labels_that_the_words_alone_do_not_give(orchestrate):
    assert orchestrate("route", "--lint")[0] == 0
    orchestrate("feedback", TASK, "--agent", "database-engineer")
    code, out, err = orchestrate("route", "--lint")
    assert code == 1
    assert f'wrong-route: "{TASK}" goes to none instead of database-engineer' in out
    assert "1 finding" in err
    code, out, _ = orchestrate("route", "--lint", "--json")
    answer = json.loads(out)
    assert validate(answer, "route-lint") == []
    assert (code, answer["clean"], answer["examples"]) == (1, False, 1)


def test_help_starts_with_an_example(orchestrate):
    code, out, _ = orchestrate("feedback", "--help")
    assert code == 0
    assert 'orchestrate feedback "the ledger is off by a cent" --agent database-engineer' in out
