"""What a kill, a full disk, another session or a stranger's event leaves."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from click.testing import CliRunner
from hook_client import ENGINEER, answer

from orchestrator.cli import runs
from orchestrator.contract import ledger
from orchestrator.plugin.validation import validate


def test_every_step_is_in_the_record_at_once(client):
    client.start(prompt="look")
    client.call(1, "Bash", command="psql 'postgresql://me:secret@host/db' -c 'SELECT 1'")
    client.result(1, {"stdout": "1"}, command="psql")
    call, result = client.lines()
    assert "secret" not in json.dumps(call)
    assert (result["ok"], result["ms"]) == (True, 12)
    for line in (call, result):
        assert validate(line, "call-event") == []
    assert validate(client.head(), "agent-run") == []


def test_a_line_that_a_kill_has_torn_hides_no_other(client):
    client.start()
    client.call(1)
    path = client.context / "runs" / "agent-a1" / "calls.jsonl"
    with path.open("a") as file:
        file.write('{"event": "call", "id": "t2", "to')
    client.call(3)
    run = ledger.Run(client.context, "a1", None)
    assert [each["id"] for each in run.events()] == ["t1", "t3"]
    assert run.number("t3") == 2


def test_a_subagent_whose_client_is_gone_is_pending_in_the_next_session(client, another):
    client.start(prompt="move invoices")
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    (client.context / "runs" / "agent-a1" / "client.json").write_text(json.dumps({"pid": dead.pid, "started": "1"}))
    another("s-2").send("session-start", source="startup")
    assert client.head()["status"] == "broken-off"
    (pending,) = client.state()["tasks_pending"]
    assert (pending["task"], pending["blockers"]) == ("move invoices", ["the session ended before the agent answered"])


def test_a_subagent_whose_client_lives_is_left_alone(client, another):
    client.start()
    note = client.context / "runs" / "agent-a1" / "client.json"
    assert json.loads(note.read_text())["pid"] == os.getpid()
    another("s-2").send("session-start", source="startup")
    assert client.head()["status"] == "running"


def test_a_subagent_that_ended_without_a_word_is_pending_when_the_turn_ends(client):
    client.start(prompt="move invoices")
    client.send("stop", stop_hook_active=False, background_tasks=[])
    assert client.head()["status"] == "broken-off"


def test_a_subagent_in_the_background_goes_on_when_the_turn_ends(client):
    for agent_id in ("a1", "a2"):
        client.start(agent_id=agent_id)
    client.send("stop", stop_hook_active=False, background_tasks=[{"id": "a1", "type": "subagent"}])
    assert [client.head(each)["status"] for each in ("a1", "a2")] == ["running", "broken-off"]


@pytest.mark.parametrize("mode", ["stop", "pre-compact"])
def test_the_state_notes_when_it_was_last_in_use(client, mode):
    client.start()
    path = client.context / "session" / "state.json"
    path.write_text(path.read_text().replace(client.state()["last_activity"], "2020-01-01T00:00:00Z"))
    client.send(mode, trigger="auto", background_tasks=[1])
    assert client.state()["last_activity"] > "2026"


def test_a_session_without_agents_of_ours_starts_no_python(client):
    client.path = "/nonexistent"
    for mode in ("call", "result", "stop", "pre-compact"):
        assert (
            client.send(mode, tool_name="Bash", tool_input={"command": "ls"}, tool_response="x" * 5_000_000).code == 0
        )
    assert client.files() == []


def test_an_agent_type_inside_of_a_text_means_nothing(client):
    hidden = '"agent_type":"pgwright:database-engineer"'
    client.send("call", tool_name="Bash", tool_input={"command": hidden, "agent_type": ENGINEER}, tool_use_id="t1")
    assert client.files() == []


def test_without_a_python_that_is_new_enough_a_session_is_told_once(client):
    client.path = "/nonexistent"
    assert "Python 3.11" in client.send("session-start", source="startup").reply["systemMessage"]
    assert client.send("subagent-start", agent_id="a1", agent_type=ENGINEER).reply == {}


@pytest.mark.parametrize("content", [b"", b"not json", b"[]", b'{"session_id": 1}', b"\xff\xfe"])
def test_an_event_that_cannot_be_read_holds_nothing_and_is_said(client, content):
    said = client.raw("subagent-stop", content)
    assert said.code == 0
    assert "went" in json.dumps(said.reply) or "goes on without it" in said.reply["systemMessage"]


def test_a_full_disk_is_said_and_loses_no_file(client):
    client.start(prompt="look")
    before = client.state()
    command = ["/bin/sh", "-c", f"ulimit -f 0; exec {' '.join(client.command('subagent-stop'))}"]
    event = client.event(
        "subagent-stop", agent_id="a1", agent_type=ENGINEER, last_assistant_message=json.dumps(answer())
    )
    done = subprocess.run(command, input=event, env=client.environment(), capture_output=True, check=False)
    assert client.state() == before
    assert b"pgwright" in done.stdout or done.returncode < 0


def test_nothing_is_written_into_the_folder_of_the_plugin(client):
    client.start(prompt="look")
    client.end(json.dumps(answer()))
    assert not list((client.plugin / "hooks").rglob("__pycache__"))
    assert (client.data / "contract" / "pycache").is_dir()


def test_the_run_of_a_subagent_is_listed_with_the_others(client):
    client.start(prompt="look at orders")
    client.call(1)
    client.end(json.dumps(answer(blockers=["no server"])))
    done = CliRunner().invoke(runs.command, ["--project", str(client.project), "--json"])
    document = json.loads(done.output)
    assert validate(document, "runs") == []
    (run,) = document["runs"]
    assert (run["run_id"], run["task"], run["status"]) == ("agent-a1", "look at orders", "blocked")
    assert run["headline"].endswith("1 tool calls; no server")
