"""A question of the client at a real terminal: the person reads what would run, and decides."""

from __future__ import annotations

import json
import os
import pty
import select
import signal
import subprocess
import sys
import time

import pytest

from tests.live.conftest import ANSWER, gone, one_agent, use, words

DEADLINE_S = 60.0
BUILD = use("Bash", command="make build", description="x")


def read_until(master, mark):
    """What the terminal shows up to the mark."""
    shown, end = "", time.monotonic() + DEADLINE_S
    while mark not in shown:
        assert time.monotonic() < end, shown
        if select.select([master], [], [], 1)[0]:
            shown += os.read(master, 4096).decode()
    return shown


@pytest.fixture
def at_terminal(play, project):
    """Runs with a terminal for input and errors; types the line when asked. Returns screen, document and the API."""
    (project / "Makefile").write_text("build:\n\t@echo it was built\n")

    def run(typed):
        master, slave = pty.openpty()
        with play(one_agent(ANSWER, BUILD)) as live:
            begun = subprocess.Popen(
                [sys.executable, "-m", "orchestrator", *words(project)],
                env=live.env | {"TERM": "dumb"},
                stdin=slave,
                stdout=subprocess.PIPE,
                stderr=slave,
            )
            os.close(slave)
            shown = read_until(master, "[y/N] ")
            os.write(master, f"{typed}\n".encode())
            read_until(master, "[4/4]")
            stdout, _ = begun.communicate(timeout=DEADLINE_S)
        os.close(master)
        return shown, json.loads(stdout), live.api

    return run


def test_the_person_reads_the_command_and_says_yes(at_terminal):
    shown, document, api = at_terminal("y")
    assert "wants to use Bash" in shown
    assert "make build" in shown
    assert "it was built" in api.results(subagent=True)[0]
    assert document["permission_denials"] == []


@pytest.mark.parametrize("typed", ["n", "", "whatever"])
def test_anything_but_yes_is_no(at_terminal, typed):
    _, document, api = at_terminal(typed)
    assert "The person said no" in api.results(subagent=True)[0]
    assert [(each["tool"], each["by"]) for each in document["permission_denials"]] == [("Bash", "person")]


def test_an_interrupt_at_the_question_ends_the_run_and_its_client(play, project):
    master, slave = pty.openpty()
    with play(one_agent(ANSWER, BUILD)) as live:
        begun = subprocess.Popen(
            [sys.executable, "-m", "orchestrator", *words(project)],
            env=live.env | {"TERM": "dumb"},
            stdin=slave,
            stdout=subprocess.PIPE,
            stderr=slave,
        )
        os.close(slave)
        read_until(master, "[y/N] ")
        begun.send_signal(signal.SIGINT)
        shown = read_until(master, "orchestrate resume")
        assert begun.wait(DEADLINE_S) == 130
    os.close(master)
    assert "interrupted; continue with" in shown
    assert gone(project)
