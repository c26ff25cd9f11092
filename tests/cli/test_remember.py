"""`orchestrate remember` and `orchestrate recall`."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from orchestrator.cli import recall, remember
from orchestrator.model.errors import UsageError
from orchestrator.plugin.validation import validate

TEXT = "Index chunks.embedding with HNSW. Recall is 0.98"


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.delenv("ORCHESTRATE_CONTEXT", raising=False)

    def invoke(command, *words):
        done = CliRunner().invoke(command, [*words, "--project", str(tmp_path)])
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done

    return invoke


def test_what_is_remembered_is_recalled(run):
    told = run(remember.command, TEXT, "--table", "chunks", "--category", "index")
    assert told.stdout.startswith("D-0001 accepted: Index chunks.embedding with HNSW\n")
    assert "in context/knowledge/decisions/D-0001-" in told.stdout
    found = run(recall.command, "which", "vector", "index")
    assert found.stdout.startswith("D-0001  Index chunks.embedding with HNSW  [chunks]  accepted")
    assert found.stderr == ""


def test_the_same_decision_twice_is_reaffirmed(run):
    run(remember.command, TEXT)
    document = json.loads(run(remember.command, TEXT, "--json").stdout)
    assert (document["id"], document["action"]) == ("D-0001", "reaffirmed")
    assert validate(document, "remember") == []


def test_recall_as_json_satisfies_its_schema(run):
    run(remember.command, TEXT, "--title", "HNSW")
    document = json.loads(run(recall.command, "hnsw", "--json").stdout)
    assert validate(document, "recall") == []
    assert [hit["decision"]["title"] for hit in document["hits"]] == ["HNSW"]


def test_recall_in_an_empty_project_says_so_and_writes_nothing(run, tmp_path):
    done = run(recall.command, "hnsw")
    assert (done.exit_code, done.stdout) == (0, 'no decision shares a word with "hnsw"\n')
    assert list(tmp_path.iterdir()) == []


def test_a_decision_without_text_is_a_usage_error(run):
    with pytest.raises(UsageError, match="no text"):
        run(remember.command, "  ")


@pytest.mark.parametrize("module", [remember, recall])
def test_help_shows_an_example(module):
    text = CliRunner().invoke(module.command, ["--help"]).stdout
    assert f'orchestrate {module.command.name} "' in text
