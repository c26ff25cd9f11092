"""Parts of a live run that need no client: the record without secrets, the schema in one piece, the leash."""

from __future__ import annotations

import fcntl
import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from orchestrator.plugin.definitions import read_agents
from orchestrator.runner import leash, live_ask, live_prompt, live_session
from orchestrator.runner.claude import Request
from orchestrator.runner.live_record import Journal

DEADLINE_S = 20.0


@pytest.mark.parametrize(
    "event",
    [
        {"command": "PGPASSWORD=hunter2secret psql"},
        {"text": "postgresql://me:hunter2secret@host/shop"},
        {"deep": [{"password": "hunter2secret"}]},
        {"content": "the value hunter2secret stands alone"},
        {"output": json.dumps({"api_key": "hunter2secret"})},
    ],
)
def test_a_secret_is_not_written_wherever_it_stands(tmp_path, event):
    journal = Journal(tmp_path / "events.jsonl", secrets=["hunter2secret"])
    journal.write("UserMessage", event)
    assert "hunter2secret" not in journal.path.read_text()
    assert [each["kind"] for each in journal.events()] == ["UserMessage"]


def test_a_torn_line_hides_no_other(tmp_path):
    journal = Journal(tmp_path / "events.jsonl")
    journal.write("A", {"text": "\udc80"})
    with journal.path.open("a") as file:
        file.write('{"event": "session", "kind": "B", "da\n')
    journal.write("C", {"text": "x" * 30_000})
    assert [each["kind"] for each in journal.events()] == ["A", "C"]
    assert journal.path.stat().st_size < 25_000


@pytest.mark.parametrize("agent", [each.name for each in read_agents()])
def test_the_schema_of_an_answer_is_in_one_piece(agent):
    from jsonschema import Draft202012Validator

    found = next(each for each in read_agents() if each.name == agent)
    schema = live_prompt.output_schema(live_session.schema_of(found))
    assert "$ref" not in json.dumps(schema)
    Draft202012Validator.check_schema(schema)
    assert schema["properties"]


def test_a_question_shows_the_whole_call_and_nothing_that_a_terminal_would_obey():
    request = Request(tool="Bash", input={"command": "make \x1b[2Jbuild"}, reason="no rule", agent_id="a", call_id="t")
    assert "make" in live_ask.question(request)
    assert "".join(map(live_ask._visible, "\x1b[2J")) == "\\x1b[2J"


@pytest.fixture
def leashed(tmp_path):
    """A program on a leash, and the lock that keeps it alive."""
    lock = (tmp_path / "lock").open("w")
    fcntl.flock(lock, fcntl.LOCK_EX)
    words = [sys.executable, "-I", "-S", leash.__file__, lock.name, "/bin/sleep", "600"]
    process = subprocess.Popen(words, stdin=subprocess.DEVNULL)
    yield lock, process
    process.kill()
    process.wait()


def test_the_client_lives_as_long_as_its_owner_holds_the_lock(leashed):
    lock, process = leashed
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(4 * leash.EVERY_S)
    lock.close()
    assert process.wait(DEADLINE_S) != 0


def test_the_leash_ends_with_the_client(leashed):
    lock, process = leashed
    process.kill()
    process.wait()
    lock.close()
    end = time.monotonic() + DEADLINE_S
    while is_locked(lock.name):
        assert time.monotonic() < end


def is_locked(path):
    with Path(path).open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True
    return False
