"""kill -9 and Ctrl-C in the middle of a session: no client works on alone, and the run goes on where it was."""

from __future__ import annotations

import os
import signal
import threading
import time

import pytest

from tests.live.conftest import ANSWER, TASK, agent_lane, answer, call, events, gone, main_lane, run_folder, use

DEADLINE_S = 60.0


class Pause:
    """A turn of the model that takes until the test lets it go on."""

    def __init__(self, said):
        self.reached = threading.Event()
        self.go_on = threading.Event()
        self.said = said

    def __call__(self, _request):
        self.reached.set()
        self.go_on.wait(DEADLINE_S)
        return self.said


def until_it_answers(request):
    """The main thread calls the engineer until there is a report, however many turns an interruption has left."""
    has_report = any("[Subagent hand-back]" in result for result in request.results())
    return use("StructuredOutput", **ANSWER) if has_report else call("database-engineer")(request)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGKILL, -9), (signal.SIGINT, 130), (signal.SIGTERM, 130)])
def test_an_interrupted_session_goes_on_and_no_client_is_left(play, project, number, code):
    pause = Pause(answer(ANSWER))
    lanes = [
        main_lane(until_it_answers),
        agent_lane(pause),
    ]
    with play(lanes) as live:
        begun = live.begin()
        assert pause.reached.wait(DEADLINE_S), begun.communicate(timeout=5)
        begun.send_signal(number)
        assert begun.wait(DEADLINE_S) == code
        assert gone(project)
        pause.go_on.set()
        resumed = live.resume()
    assert resumed.code == 0, resumed.stderr
    assert resumed.document["output"] == ANSWER
    assert resumed.document["resumed"]
    begins = [each["data"] for each in events(project) if each.get("kind") == "Begin"]
    assert [each["resume"] for each in begins] == [False, True]
    assert len({each["session_id"] for each in begins}) == 1
    assert [each["event"] for each in events(project) if each.get("step") == "recall"] == ["begin", "end"]


def test_an_interrupted_run_is_pending_and_says_how_to_go_on(play, project):
    pause = Pause(answer(ANSWER))
    with play([main_lane(call("database-engineer"), "done"), agent_lane(pause)]) as live:
        begun = live.begin()
        assert pause.reached.wait(DEADLINE_S)
        begun.send_signal(signal.SIGINT)
        _, said = begun.communicate(timeout=DEADLINE_S)
        pause.go_on.set()
    assert f"orchestrate resume {run_folder(project).name}" in said
    state = (project / "context/session/state.json").read_text()
    assert '"interrupted"' in state
    assert TASK in state


def test_a_kill_before_the_first_message_begins_the_same_session_anew(play, project):
    with play(
        [main_lane(call("database-engineer"), use("StructuredOutput", **ANSWER)), agent_lane(answer(ANSWER))]
    ) as live:
        begun = live.begin()
        end = time.monotonic() + DEADLINE_S
        while not any(each.get("kind") == "Begin" for each in events(project)) and time.monotonic() < end:
            time.sleep(0.002)
        os.kill(begun.pid, signal.SIGKILL)
        begun.wait()
        assert gone(project)
        resumed = live.resume()
    assert resumed.code == 0, resumed.stderr
    assert resumed.document["output"] == ANSWER


def test_a_finished_session_is_not_run_again(play, project):
    """Killed after the session, before the document: the rest is done without the model."""
    with play(
        [main_lane(call("database-engineer"), use("StructuredOutput", **ANSWER)), agent_lane(answer(ANSWER))]
    ) as live:
        finished = live.run()
        assert finished.code == 0, finished.stderr
        (run_folder(project) / "output.json").unlink()
        asked = len(live.api.requests)
        resumed = live.resume()
        assert resumed.code == 0, resumed.stderr
        assert len(live.api.requests) == asked
    assert resumed.document["output"] == ANSWER
