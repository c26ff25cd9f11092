"""Prompts and answers are written down without the passwords in them."""

from __future__ import annotations

import json

import pytest
from hook_client import answer

from orchestrator.contract import redaction

SECRET = "hunter2-of-prod"
ADDRESS = f"postgresql://me:{SECRET}@db/prod"
INDEX = {
    "name": "i",
    "table": "orders",
    "type": "btree",
    "definition": "CREATE INDEX i ON orders (a)",
    "reason": f"seen with PGPASSWORD={SECRET} psql",
    "evidence": ["E1"],
}


def places(client):
    kept = [path for folder in (client.project, client.data) for path in folder.rglob("*") if path.is_file()]
    return [str(path) for path in kept if SECRET in path.read_text(errors="replace")]


def test_no_file_holds_the_password_of_a_prompt(client):
    given = {"subagent_type": "pgwright:database-engineer", "prompt": f"look at {ADDRESS}", "description": "x"}
    client.send("spawn", tool_name="Agent", tool_input=given, tool_use_id="toolu_1")
    assert places(client) == []
    client.start()
    assert client.head()["task"] == "look at postgresql://me:***@db/prod"
    assert places(client) == []


@pytest.mark.parametrize(
    "message",
    [
        f"I used {ADDRESS}",
        json.dumps(answer(recommendations=[f"use {ADDRESS}"])),
        json.dumps(answer(blockers=[f"password={SECRET} is refused"])),
        json.dumps(answer(indexes_added=[INDEX])),
        json.dumps(answer(evidence=[{**answer()["evidence"][0], "value": {"password": SECRET, "deep": [ADDRESS]}}])),
        json.dumps(answer(indexes_added=[{**INDEX, "type": f"token={SECRET}"}])),
    ],
    ids=["no answer", "recommendation", "blocker", "decision", "by its key", "named in a fault"],
)
def test_no_file_holds_the_password_of_an_answer(client, message):
    client.start(prompt="look")
    client.end(message, again=True)
    assert client.head()["status"] != "running"
    assert places(client) == []


def test_a_secret_at_the_end_of_a_long_text_is_not_cut_into_one_that_cannot_be_told():
    text = "x" * 80 + ADDRESS
    for longest in range(80, 80 + len(ADDRESS)):
        assert "hunter" not in redaction.without(text, longest)


def test_the_shape_of_a_document_stays():
    given = {"a": [1, None, {"b": True}], "tokens": 5, "token": "abc", "secret": ["one", "two"]}
    kept = {"a": [1, None, {"b": True}], "tokens": 5, "token": "***", "secret": ["***", "***"]}
    assert redaction.without_all(given) == kept
