"""Runs whose end no hook has seen: closed where that is certain, left alone where it is not, and said."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import time

import pytest
from hook_client import ENGINEER, answer

MONTH_S = 30 * 24 * 3600


def signed(client, **changed):
    path = client.context / "runs" / "agent-a1" / "client.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | changed))


def at_the_end_of_the_turn(client):
    client.send("stop", stop_hook_active=False, background_tasks=[])
    return client.head()["status"]


def at_the_next_start(client, another):
    told = another("s-2").send("session-start", source="startup").context
    return client.head()["status"], "Counts as running" in told and "agent-a1" in told


def test_a_client_that_does_not_say_what_is_in_the_background_ends_nothing(client):
    client.start(prompt="look")
    client.send("stop", stop_hook_active=False)
    assert client.head()["status"] == "running"


ELSEWHERE = [
    ({"namespace": "pid:[1]"}, "running", True),
    ({"host": "another"}, "running", True),
    ({"host": "another", "boot": "another"}, "running", True),
    ({"pid": 0}, "running", True),
    ({"pid": "none"}, "running", True),
    ({"boot": "another"}, "broken-off", False),
    ({"started": "1"}, "broken-off", False),
    ({}, "running", False),
]


@pytest.mark.parametrize(("noted", "status", "is_said"), ELSEWHERE, ids=[str(each) for each, _, _ in ELSEWHERE])
def test_a_client_that_cannot_be_seen_from_here_may_live(client, another, noted, status, is_said):
    client.start(prompt="look")
    signed(client, **noted)
    assert at_the_next_start(client, another) == (status, is_said)


@pytest.mark.parametrize("content", [None, "", "[]"])
def test_a_run_that_nobody_signed_may_live(client, another, content):
    client.start(prompt="look")
    path = client.context / "runs" / "agent-a1" / "client.json"
    path.unlink()
    if content is not None:
        path.write_text(content)
    assert at_the_next_start(client, another) == ("running", True)


def test_a_run_in_doubt_that_was_silent_for_a_month_is_over(client, another):
    client.start(prompt="look")
    client.call(1)
    signed(client, host="another")
    for name in ("agent.json", "calls.jsonl"):
        os.utime(client.context / "runs" / "agent-a1" / name, (time.time() - MONTH_S,) * 2)
    assert at_the_next_start(client, another) == ("broken-off", False)


@pytest.mark.parametrize(("started", "status"), [(None, "running"), ("2020-01-01T00:00:00Z", "broken-off")])
def test_a_run_whose_record_is_gone_is_over_only_after_a_long_time(client, another, started, status):
    client.start(prompt="look")
    path = client.context / "session" / "state.json"
    state = client.state()
    state["runs"][0]["started_at"] = started or state["runs"][0]["started_at"]
    path.write_text(json.dumps(state))
    shutil.rmtree(client.context / "runs")
    told = another("s-2").send("session-start", source="startup").context
    client.send("stop", stop_hook_active=False, background_tasks=[])
    assert client.state()["runs"][0]["status"] == status
    assert bool(client.state()["tasks_pending"]) == (status == "broken-off")
    assert ("Counts as running" in told) == (status == "running")


def test_an_agent_that_counted_as_broken_off_and_answers_is_done(client):
    client.start(prompt="look")
    assert at_the_end_of_the_turn(client) == "broken-off"
    assert client.end(json.dumps(answer())).reply == {}
    assert client.head()["status"] == "done"
    assert [len(client.state()[key]) for key in ("tasks_completed", "tasks_pending")] == [1, 0]


def test_an_agent_that_counted_as_broken_off_may_mend_its_answer_as_well(client):
    client.start(prompt="look")
    at_the_end_of_the_turn(client)
    assert client.end("no answer").reply["decision"] == "block"
    client.end("no answer", again=True)
    assert client.head()["status"] == "invalid"


def test_an_agent_that_counted_as_broken_off_and_makes_a_call_goes_on_with_its_budget(client):
    client.start(prompt="review the schema")
    for number in range(15):
        client.call(number)
    assert at_the_end_of_the_turn(client) == "broken-off"
    assert client.call(15).denial != ""
    assert client.head()["status"] == "running"
    assert client.state()["runs"][0]["status"] == "running"


def test_the_hook_of_the_end_is_not_overtaken_by_the_end_of_the_turn(client):
    client.start(prompt="look")
    folder = os.open(client.context / "runs" / "agent-a1", os.O_RDONLY)
    fcntl.flock(folder, fcntl.LOCK_EX)
    assert at_the_end_of_the_turn(client) == "running"
    os.close(folder)
    assert at_the_end_of_the_turn(client) == "broken-off"


ANSWERS = [(json.dumps(answer()), "done"), ("no", "invalid")]


@pytest.mark.parametrize(("message", "status"), ANSWERS, ids=[status for _, status in ANSWERS])
def test_an_answer_that_came_while_the_store_was_locked_counts_afterwards(client, message, status):
    client.start(prompt="look")
    with (client.context / ".lock").open("r+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert "cannot lock" in client.end(message, again=True).reply["systemMessage"]
    assert client.head()["status"] == "running"
    assert at_the_end_of_the_turn(client) == status


def test_the_end_of_the_agent_and_of_the_turn_at_once_leave_one_task(client):
    client.start(prompt="look")
    keys = {"agent_id": "a1", "agent_type": ENGINEER, "last_assistant_message": json.dumps(answer())}
    events = {
        "subagent-stop": client.event("subagent-stop", stop_hook_active=False, **keys),
        "stop": client.event("stop", stop_hook_active=False, background_tasks=[]),
    }
    begun = [
        subprocess.Popen(
            client.command(mode), env=client.environment(), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
        )
        for mode in events
    ]
    for process, event in zip(begun, events.values(), strict=True):
        process.stdin.write(event)
        process.stdin.close()
    for process in begun:
        process.wait()
    assert client.head()["status"] == client.state()["runs"][0]["status"] == "done"
    assert [len(client.state()[key]) for key in ("tasks_completed", "tasks_pending")] == [1, 0]
