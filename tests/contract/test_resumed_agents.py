"""An agent that had ended and is given more to do, one that was stopped, and what counts as recorded."""

from __future__ import annotations

import json
import subprocess

import pytest
from hook_client import ENGINEER, answer, finding

from orchestrator.contract import ledger, recorded
from orchestrator.plugin.validation import validate

INDEX = {
    "name": "i",
    "table": "t",
    "type": "btree",
    "definition": "CREATE INDEX i ON t (a)",
    "reason": "r",
    "evidence": ["E1"],
}


@pytest.fixture
def resumed(client):
    """An agent that has used 14 of its 15 calls, has answered, and is started again."""
    client.start(prompt="review the schema of orders")
    for number in range(14):
        client.call(number)
    client.result(1, {"stdout": "91.66 ms"})
    client.end(json.dumps(answer(performance_findings=finding(91.66, None, "E1"))))
    client.send("subagent-start", agent_id="a1", agent_type=ENGINEER)
    return client


def test_its_calls_are_counted_anew(resumed):
    assert [bool(resumed.call(100 + number).denial) for number in range(16)] == [*[False] * 15, True]
    resumed.end(json.dumps(answer()))
    assert (resumed.head()["calls"], resumed.head()["held"]) == (15, 1)
    assert all(validate(line, "call-event") == [] for line in resumed.lines())


def test_what_was_measured_for_the_task_before_is_not_measured_for_this_one(resumed):
    said = resumed.end(json.dumps(answer(performance_findings=finding(91.66, None, "E1"))))
    assert "no tool of this task answered 91.66" in said.reply["reason"]


def test_its_task_is_either_completed_or_pending(resumed):
    resumed.end("nothing", again=True)
    assert [len(resumed.state()[key]) for key in ("tasks_completed", "tasks_pending")] == [0, 1]
    resumed.send("subagent-start", agent_id="a1", agent_type=ENGINEER)
    assert resumed.state()["runs"][0]["finished_at"] is None
    resumed.end(json.dumps(answer()))
    assert [len(resumed.state()[key]) for key in ("tasks_completed", "tasks_pending")] == [1, 0]


def test_its_first_calls_at_once_begin_it_once(client):
    client.start(prompt="review the schema of orders")
    client.end(json.dumps(answer()))
    begun = [
        subprocess.Popen(
            client.command("call"), env=client.environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        for _ in range(8)
    ]
    for number, process in enumerate(begun):
        keys = {"agent_id": "a1", "agent_type": ENGINEER, "tool_name": "Read", "tool_input": {}}
        process.stdin.write(client.event("call", tool_use_id=f"p{number}", **keys))
        process.stdin.close()
    assert [process.stdout.read() for process in begun] == [b""] * 8
    for process in begun:
        process.wait()
    events = [each["event"] for each in client.lines()]
    assert (events.count("resumed"), events.count("call")) == (1, 8)
    assert events.index("resumed") == 0
    assert not (client.data / "runs").exists()
    assert client.state()["runs"][0]["status"] == "running"


def test_an_answer_that_does_not_hold_undoes_no_end(client):
    client.start(prompt="look")
    client.end(json.dumps(answer()))
    assert client.end("one more word").reply == {}
    assert client.head()["status"] == "done"


@pytest.mark.parametrize("message", ["as far as I got", json.dumps(answer())])
def test_an_agent_that_was_stopped_stays_so(client, message):
    client.start(prompt="review the schema")
    for number in range(19):
        client.call(number)
    head = client.head()
    assert head["status"] == "stopped"
    assert client.end(message).reply == {}
    late = client.call(20)  # begun by the client at once with the call that ended it
    assert (late.reply["continue"], bool(late.denial)) == (False, True)
    assert client.head() == head


def test_calls_without_an_id_are_counted(client):
    client.start(prompt="review the schema")
    keys = {"agent_id": "a1", "agent_type": ENGINEER, "tool_name": "Read", "tool_input": {}}
    assert [bool(client.send("call", **keys).denial) for _ in range(17)] == [*[False] * 15, True, True]


HELP = ["orchestrate remember --help", "orchestrate remember -h", "orchestrate remember", "echo orchestrate remember x"]


@pytest.mark.parametrize("command", HELP)
def test_to_read_how_a_decision_is_recorded_records_none(client, command):
    client.start(prompt="index")
    client.call(1, "Bash", command=command)
    client.result(1, {"stdout": "Usage"}, command=command)
    client.end(json.dumps(answer(indexes_added=[INDEX])))
    assert len(list((client.context / "knowledge" / "decisions").glob("D-*.json"))) == 1


RECORDS = [
    "orchestrate remember 'Keep orders'",
    'cd x && .venv/bin/orchestrate remember "it is -h" --table t; ls',
    "python -m orchestrator remember 'a text that is cut",
    "ls\norchestrate remember x",
    "echo $(orchestrate remember x);ls",
]


@pytest.mark.parametrize("command", RECORDS)
def test_a_decision_that_the_command_has_recorded_counts(command):
    call, done = ledger.call_line("t1", "Bash", {"command": command}), {"event": "result", "id": "t1"}
    assert recorded.by_agent([call, done | {"ok": True}])
    assert not recorded.by_agent([call, done | {"ok": False}])


def test_a_store_that_cannot_be_written_is_said_to_the_person_once_and_no_run_stays_open(client):
    client.context.write_text("a file where the folder should be")
    first, second = client.start(prompt="look"), client.start(agent_id="a2", prompt="look")
    assert "cannot be saved" in first.reply["systemMessage"]
    assert str(client.data / "runs") in first.reply["systemMessage"]
    assert "systemMessage" not in second.reply
    assert "cannot be saved" in second.context
    client.end(json.dumps(answer()))
    head = json.loads((client.data / "runs" / "agent-a1" / "agent.json").read_text())
    assert head["status"] == "done"
    assert "cannot be saved" in head["problems"][0]
