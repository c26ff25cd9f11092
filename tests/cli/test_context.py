"""`orchestrate context`: show, check and repair."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from orchestrator.cli import context
from orchestrator.memory.decision import Draft
from orchestrator.memory.state import add_handoff
from orchestrator.memory.store import ContextStore
from orchestrator.plugin.validation import validate

HERE = Path(__file__).parents[2]


@pytest.fixture
def store(tmp_path, monkeypatch):
    monkeypatch.delenv("ORCHESTRATE_CONTEXT", raising=False)
    filled = ContextStore(tmp_path / "context")
    filled.record(Draft(title="HNSW", decision="Index chunks.embedding with HNSW", tables=("chunks",)))
    filled.update_state(lambda state: state.update(active_agent="database-engineer"))
    return filled


@pytest.fixture
def run(tmp_path):
    def invoke(*words, project=tmp_path):
        done = CliRunner().invoke(context.command, [*words, "--project", str(project)])
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done

    return invoke


def edit(path, change):
    document = json.loads(path.read_text())
    change(document)
    path.write_text(json.dumps(document))


def run_file(store, name, content):
    path = store.root / "runs" / "agent-a1" / name
    path.parent.mkdir(parents=True)
    path.write_text(content)


def decision_file(store):
    return store.decision_files()[0]


DAMAGES = {
    "unreadable-file": lambda store: store.state_path.write_text("{"),
    "older-shape": lambda store: edit(store.state_path, lambda state: state.update(note="mine")),
    "newer-version": lambda store: edit(store.state_path, lambda state: state.update(schema_version=2)),
    "edited-decision": lambda store: edit(decision_file(store), lambda each: each.update(decision="other")),
    "unknown-key": lambda store: edit(decision_file(store), lambda each: each.update(note="mine")),
    "wrong-file-name": lambda store: decision_file(store).rename(store.decisions_path / "D-0009-x.json"),
    "dangling-id": lambda store: edit(decision_file(store), lambda each: each.update(supersedes=["D-0099"])),
    "duplicate-id": lambda store: (store.decisions_path / "D-0001-copy.json").write_bytes(
        decision_file(store).read_bytes()
    ),
    "stale-view": lambda store: store.active_path.unlink(),
    "missing-key": lambda store: run_file(store, "agent.json", "{}"),
    "bad-value": lambda store: run_file(store, "calls.jsonl", '{"event": "call"}\n'),
}


def test_a_sound_store_has_no_findings(store, run):
    done = run("check")
    assert (done.exit_code, done.stdout) == (0, "context: every file is sound\n")


@pytest.mark.parametrize("code", DAMAGES)
def test_each_damage_is_found_with_its_file_and_its_mend(store, run, code):
    DAMAGES[code](store)
    done = run("check", "--json")
    document = json.loads(done.stdout)
    assert done.exit_code == 1
    assert validate(document, "context-check") == []
    found = next(each for each in document["findings"] if each["code"] == code)
    assert found["file"].startswith("context/")
    assert found["fix"]


@pytest.mark.parametrize("code", ["unreadable-file", "older-shape", "duplicate-id", "stale-view"])
def test_what_the_finding_says_repair_can_mend_is_mended(store, run, code):
    DAMAGES[code](store)
    document = json.loads(run("repair", "--json").stdout)
    assert validate(document, "context-repair") == []
    assert run("check").exit_code == 0


def test_show_names_the_place_the_session_and_the_decisions(store, run):
    lines = run("show").stdout.splitlines()
    assert lines[0] == "context store: context (default)"
    assert "active agent database-engineer" in lines[1]
    assert "  D-0001  HNSW  [chunks]" in lines


def test_show_as_json_satisfies_its_schema(store, run):
    document = json.loads(run("show", "--json").stdout)
    assert validate(document, "context-show") == []
    assert document["decisions"][0]["id"] == "D-0001"


@pytest.mark.parametrize("word", ["show", "check", "repair"])
def test_a_project_without_a_store_is_not_an_error_and_gets_none(run, tmp_path, word):
    document = json.loads(run(word, "--json").stdout)
    assert validate(document, f"context-{word}") == []
    assert list(tmp_path.iterdir()) == []


def test_another_folder_can_be_named(store, run, tmp_path):
    ContextStore(tmp_path / "other").record(Draft(title="UUID keys", decision="UUID keys"))
    assert "UUID keys" in run("show", "--context", "other").stdout


def test_this_projects_own_store_is_sound(run):
    done = run("check", project=HERE)
    assert (done.exit_code, done.stdout) == (0, "context: every file is sound\n")
    assert "D-0001" in run("show", project=HERE).stdout


def test_help_shows_an_example():
    assert "orchestrate context show" in CliRunner().invoke(context.command, ["--help"]).stdout


def test_a_line_that_a_kill_has_torn_is_a_note_and_no_fault(store, run):
    run_file(store, "calls.jsonl", '{"event": "call", "id"')
    done = run("check", "--json")
    document = json.loads(done.output)
    assert (done.exit_code, document["clean"]) == (0, True)
    assert [(each["code"], each["severity"], each["line"]) for each in document["findings"]] == [
        ("torn-line", "note", 1)
    ]
    assert validate(document, "context-check") == []


def test_a_hand_off_that_waits_is_shown(store, run):
    payload = {"migration": "alembic/versions/1.py", "revision": "1", "proof_clean": True}

    def hand_over(state):
        add_handoff(
            state, sender="database-engineer", receiver="code-quality-reviewer", payload=payload, run_id="r", at="x"
        )

    store.update_state(hand_over)
    assert "H-1: database-engineer → code-quality-reviewer, alembic/versions/1.py: waits" in run("show").output
