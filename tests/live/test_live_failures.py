"""What a live run lacks, or what ends it: one clear error each, the right exit code, and the task among the pending."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.live.conftest import (
    ANSWER,
    TASK,
    agent_lane,
    answer,
    call,
    main_lane,
    one_agent,
    orchestrate,
    use,
    words,
)

KINDS = {
    400: "invalid_request_error",
    401: "authentication_error",
    429: "rate_limit_error",
    529: "overloaded_error",
}
BLOCKED = ANSWER | {"blockers": ["a person has to allow make build"]}


def one_error(finished, code):
    """The error, after checking that it is the only one and that it says what to do."""
    assert finished.code == code, finished.stderr
    assert finished.stderr.count("error: ") == 1
    assert "Traceback" not in finished.stderr
    assert finished.error["exit_code"] == code
    assert finished.error["hint"]
    assert len(finished.error["message"]) < 250
    return finished.error


def assert_pending(finished, blocker):
    pending = [each for each in finished.state()["tasks_pending"] if each["run_id"] == finished.run_id]
    assert [each["task"] for each in pending] == [TASK]
    assert blocker in pending[0]["blockers"][0]
    assert f"orchestrate resume {finished.run_id}" in finished.error["hint"]


def test_without_a_key_it_says_what_to_set_and_what_works_without(client, project, env):
    del env["ANTHROPIC_API_KEY"]
    finished = orchestrate(words(project), env, project=project)
    error = one_error(finished, 3)
    assert "ANTHROPIC_API_KEY" in error["hint"]
    assert "optimize hybrid search" in error["detail"]
    assert list(project.iterdir()) == []


@pytest.mark.parametrize("name", ["ANTHROPIC_AUTH_TOKEN", "CLAUDE_CODE_OAUTH_TOKEN", "CLAUDE_CODE_USE_BEDROCK"])
def test_other_ways_to_a_model_count_as_well(client, project, env, name):
    del env["ANTHROPIC_API_KEY"]
    finished = orchestrate(words(project, "--dry-run"), env | {name: "1"}, project=project)
    assert finished.document["ready"]


def test_without_the_sdk_it_says_what_to_install(project, env, tmp_path):
    absent = tmp_path / "absent"
    absent.mkdir()
    (absent / "sitecustomize.py").write_text(
        "import importlib.util\nfound = importlib.util.find_spec\n"
        "importlib.util.find_spec = lambda name, *more: None if name == 'claude_agent_sdk' else found(name, *more)\n"
    )
    paths = {"PYTHONPATH": f"{absent}:{env['PYTHONPATH']}"}
    finished = orchestrate(words(project), env | paths, project=project)
    assert "claude-agent-sdk" in one_error(finished, 3)["hint"]
    assert list(project.iterdir()) == []


def test_without_a_key_auto_says_that_live_could_do_it(project, env):
    del env["ANTHROPIC_API_KEY"]
    given = words(project, "--engine", "auto", task="create a schema for an invoicing app")
    error = one_error(orchestrate(given, env, project=project), 3)
    assert "no playbook yet" in error["message"]
    assert "--engine live" in error["hint"]


def test_a_live_run_does_not_begin_another(project, env):
    finished = orchestrate(words(project), env | {"ORCHESTRATE_LIVE_RUN": "r-1"}, project=project)
    assert "cannot begin another" in one_error(finished, 2)["message"]


def test_too_many_turns_end_the_run_and_more_can_be_given(play):
    with play(one_agent()) as live:
        finished = live.run("--max-turns", "1")
        error = one_error(finished, 3)
        assert "all 1 turns" in error["message"]
        assert "--max-turns 2" in error["hint"]
        assert_pending(finished, "all 1 turns")
        resumed = live.resume("--max-turns", "9")
    assert resumed.code == 0, resumed.stderr
    assert resumed.document["output"] == ANSWER
    assert resumed.document["limits"]["max_turns"] == 9
    assert not [each for each in resumed.state()["tasks_pending"] if each["run_id"] == finished.run_id]


def test_a_run_that_costs_too_much_is_ended(play):
    with play(one_agent()) as live:
        finished = live.run("--max-usd", "0.000001")
    assert "its limit is $1e-06" in one_error(finished, 3)["message"]
    assert_pending(finished, "cost")


def test_an_answer_in_words_only_is_no_answer(play):
    lanes = [main_lane(call("database-engineer"), "All done."), agent_lane(answer(ANSWER))]
    with play(lanes) as live:
        finished = live.run()
    error = one_error(finished, 3)
    assert "StructuredOutput was not called" in error["message"]
    assert "All done." in error["detail"]
    assert "runs/agent-" in error["detail"]
    assert_pending(finished, "StructuredOutput")


def test_an_answer_that_never_fits_the_schema_is_no_answer(play):
    wrong = use("StructuredOutput", verdict="fine")
    lanes = [main_lane(call("database-engineer"), *[wrong] * 9), agent_lane(answer(ANSWER))]
    with play(lanes) as live:
        finished = live.run()
    assert "agreed form" in one_error(finished, 3)["message"]


def test_an_answer_that_no_agent_worked_for_is_not_taken(play):
    with play([main_lane(use("StructuredOutput", **ANSWER))]) as live:
        finished = live.run()
    assert "without database-engineer" in one_error(finished, 3)["message"]


def test_an_answer_that_the_hooks_refused_is_not_taken(play):
    lanes = [main_lane(call("database-engineer"), use("StructuredOutput", **ANSWER)), agent_lane("I did it.")]
    with play(lanes) as live:
        finished = live.run()
    assert "left no answer that holds" in one_error(finished, 3)["message"]
    assert_pending(finished, "no answer that holds")


def test_an_agent_that_is_blocked_leaves_a_pending_task(play):
    blocked = ANSWER | {"blockers": ["the models are missing"]}
    with play(one_agent(blocked)) as live:
        finished = live.run()
    assert "the models are missing" in one_error(finished, 3)["message"]
    assert_pending(finished, "the models are missing")


def test_where_nobody_can_be_asked_a_question_is_a_no_and_the_run_needs_approval(play, project):
    with play(one_agent(BLOCKED, use("Bash", command="make build", description="x"))) as live:
        finished = live.run()
        reply = live.api.results(subagent=True)[0]
    assert "make build" in one_error(finished, 4)["message"]
    assert "Nobody can be asked here" in reply
    assert_pending(finished, "make build")


def test_a_question_that_was_not_needed_in_the_end_does_not_fail_the_run(play):
    with play(one_agent(ANSWER, use("Bash", command="make build", description="x"))) as live:
        finished = live.run()
    assert finished.code == 0, finished.stderr
    denials = finished.document["permission_denials"]
    assert [(each["tool"], each["input"]["command"], each["by"]) for each in denials] == [
        ("Bash", "make build", "nobody")
    ]


@contextmanager
def refusing(status: int) -> Iterator[str]:
    """The address of an API that answers every request with an error."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["content-length"]))
            body = json.dumps({"type": "error", "error": {"type": KINDS[status], "message": "no luck today"}}).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("status", "says"),
    [
        (400, "refused the request (400)"),
        (401, "refused the key (401)"),
        (429, "refused more requests for now (429)"),
        (529, "could not answer (529)"),
    ],
)
@pytest.mark.usefixtures("client")
def test_a_failure_of_the_api_is_said_with_its_status(project, env, status, says):
    with refusing(status) as url:
        finished = orchestrate(words(project), env | {"ANTHROPIC_BASE_URL": url}, project=project)
    assert says in one_error(finished, 3)["message"]
    assert_pending(finished, says)


@pytest.mark.usefixtures("client")
def test_an_api_that_is_not_there_is_said(project, env):
    finished = orchestrate(words(project), env, project=project)
    assert "was not reached" in one_error(finished, 3)["message"]
