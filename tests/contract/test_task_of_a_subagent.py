"""Which of the noted calls a subagent that starts belongs to."""

from __future__ import annotations

import json

import pytest
from hook_client import ENGINEER, REVIEWER

from orchestrator.memory.location import locate


def spawn(client, identifier, prompt, agent=ENGINEER, **more):
    given = {"subagent_type": agent, "prompt": prompt, "description": "d"}
    client.send("spawn", tool_name="Agent", tool_input=given, tool_use_id=identifier, **more)


def start(client, agent_id, agent=ENGINEER, **more):
    client.send("subagent-start", agent_id=agent_id, agent_type=agent, **more)
    return client.head(agent_id)["task"]


def transcript(client, *events):
    path = client.data.parent / "session.jsonl"
    path.write_text("".join(json.dumps(each, separators=(",", ":")) + "\n" for each in events))
    return str(path)


def asked(*identifiers):
    blocks = [{"type": "tool_use", "id": each, "name": "Agent", "input": {}} for each in identifiers]
    return {"type": "assistant", "message": {"content": blocks}}


def told(identifier):
    block = {"type": "tool_result", "content": "no", "is_error": True, "tool_use_id": identifier}
    return {"type": "user", "message": {"content": [block]}}


def test_a_call_that_has_its_result_in_the_transcript_starts_nothing(client):
    spawn(client, "toolu_1", "declined")
    spawn(client, "toolu_2", "the second")
    path = transcript(client, asked("toolu_1"), told("toolu_1"), asked("toolu_2"))
    assert start(client, "a1", transcript_path=path) == "the second"
    assert start(client, "a2") == ""


def test_calls_at_once_are_taken_as_they_stand_in_the_transcript(client):
    spawn(client, "toolu_2", "the second")  # hooks run at once, and the second may be the first to come
    spawn(client, "toolu_1", "the first")
    path = transcript(client, asked("toolu_1"), asked("toolu_2"))
    assert [start(client, each, transcript_path=path) for each in ("a1", "a2")] == ["the first", "the second"]


DECLINED = [
    ("denied", {"reason": "auto mode"}),
    ("result", {"hook_event_name": "PostToolUseFailure", "error": "no"}),
    ("stop", {"stop_hook_active": False, "background_tasks": []}),
]


@pytest.mark.parametrize(("mode", "keys"), DECLINED, ids=["denied", "failed", "end of the turn"])
def test_a_call_that_was_declined_leaves_no_task(client, mode, keys):
    spawn(client, "toolu_1", "declined")
    given = {"subagent_type": ENGINEER, "prompt": "declined"}
    client.send(mode, tool_name="Agent", tool_input=given, tool_use_id="toolu_1", **keys)
    spawn(client, "toolu_2", "the second")
    assert start(client, "a1") == "the second"


def test_without_a_transcript_the_calls_of_the_newest_prompt_count(client):
    spawn(client, "toolu_1", "declined", prompt_id="p-1")
    spawn(client, "toolu_2", "the second", prompt_id="p-2")
    assert start(client, "a1") == "the second"


def test_each_agent_gets_the_task_of_its_own_kind(client):
    spawn(client, "toolu_1", "build", ENGINEER)
    spawn(client, "toolu_2", "review", REVIEWER)
    assert [start(client, "b1", REVIEWER), start(client, "a1")] == ["review", "build"]


@pytest.mark.parametrize("identifier", ["/../../../../pwned", "a/b", "..", "", "x" * 5_000, "toolu|fc.1"])
def test_the_id_of_a_call_leads_nowhere_and_its_task_is_kept(client, identifier):
    spawn(client, identifier, "look")
    assert client.files() == []
    (note,) = (client.data / "contract" / "spawned").iterdir()
    assert note.parent == client.data / "contract" / "spawned"
    assert not list(client.data.parent.rglob("pwned*"))
    assert start(client, "a1") == "look"


def test_without_a_folder_of_the_plugin_the_task_is_noted_in_the_store(client, monkeypatch):
    environment = client.environment()
    del environment["CLAUDE_PLUGIN_DATA"]
    monkeypatch.setattr(client, "environment", lambda: environment)
    spawn(client, "toolu_1", "look")
    assert [path.parent for path in locate(client.project).rglob("*.toolu_1.json")] == [
        client.context / ".index" / "spawned"
    ]
    assert start(client, "a1") == "look"


def own_transcript(client, agent_id, text):
    folder = client.data.parent / "session" / "subagents"
    folder.mkdir(parents=True, exist_ok=True)
    line = {"type": "user", "agentId": agent_id, "message": {"role": "user", "content": text}}
    (folder / f"agent-{agent_id}.jsonl").write_text(json.dumps(line) + "\n" + json.dumps({"type": "assistant"}) + "\n")
    return {"transcript_path": str(client.data.parent / "session.jsonl")}


def called(client, number, **more):
    keys = {"agent_id": "a1", "agent_type": ENGINEER, "tool_name": "Read", "tool_input": {}}
    return client.send("call", tool_use_id=f"t{number}", **keys, **more)


def test_a_task_that_went_to_the_wrong_subagent_is_mended_at_its_first_call(client):
    spawn(client, "toolu_1", "write the migrations")
    assert start(client, "a1") == "write the migrations"
    where = own_transcript(client, "a1", "review the schema with password=hunter2x")
    calls = [called(client, number, **where) for number in range(16)]
    assert client.head()["task"] == "review the schema with password=***"
    assert client.head()["budget"]["cap"] == 15
    assert [bool(each.denial) for each in calls] == [*[False] * 15, True]


def test_it_is_mended_at_its_end_where_it_made_no_call(client):
    spawn(client, "toolu_1", "write the migrations")
    start(client, "a1")
    own_transcript(client, "a1", "review the schema")
    path = client.data.parent / "session" / "subagents" / "agent-a1.jsonl"
    keys = {"agent_transcript_path": str(path), "stop_hook_active": True, "last_assistant_message": "no"}
    client.send("subagent-stop", agent_id="a1", agent_type=ENGINEER, **keys)
    assert client.state()["tasks_pending"][0]["task"] == "review the schema"


def test_a_subagent_that_is_given_more_to_do_keeps_its_new_task(client):
    spawn(client, "toolu_1", "review the schema")
    start(client, "a1")
    client.end("no", again=True)
    spawn(client, "toolu_2", "write the migrations")
    start(client, "a1")
    called(client, 1, **own_transcript(client, "a1", "review the schema"))
    assert client.head()["task"] == "write the migrations"


@pytest.mark.parametrize(
    "line", ["", "{", "[]", "{}", '{"type": "user", "agentId": "a2", "message": {"content": "x"}}']
)
def test_a_transcript_that_does_not_tell_it_changes_nothing(client, line):
    spawn(client, "toolu_1", "review the schema")
    start(client, "a1")
    where = own_transcript(client, "a1", "")
    (client.data.parent / "session" / "subagents" / "agent-a1.jsonl").write_text(line)
    assert called(client, 1, **where).reply == {}
    assert client.head()["task"] == "review the schema"
