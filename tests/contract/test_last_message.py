"""The last message of a subagent: checked, mended once, and written down."""

from __future__ import annotations

import json

import pytest
from hook_client import ENGINEER, REVIEWER, answer, finding, review

INDEX = {
    "name": "idx_orders_customer_id",
    "table": "orders",
    "type": "btree",
    "definition": "CREATE INDEX CONCURRENTLY idx_orders_customer_id ON orders (customer_id)",
    "reason": "the foreign key has no index",
    "evidence": ["E1"],
}
MIGRATION = "migrations/0001_orders.py"


@pytest.fixture
def measured(client):
    """A subagent that has measured 91.66 ms and 1.42 ms."""
    client.start(prompt="make the orders report fast")
    client.call(1, "Bash", command="orchestrate run")
    client.result(1, {"stdout": "before 91.66 ms, after 1.42 ms"}, command="orchestrate run")
    return client


FAULTS = [
    ("I am done.", "there is no JSON object"),
    (json.dumps({"migrations_created": []}), 'the key "indexes_added" is missing'),
    (json.dumps(answer(extra=1)), 'unknown key "extra"'),
    (json.dumps(answer(migrations_created=["0009_no.py"])), "there is no file 0009_no.py"),
    (json.dumps(answer(indexes_added=[{**INDEX, "evidence": ["E7"]}])), "there is no evidence E7"),
    (json.dumps(answer(performance_findings=finding(200, 1.4, "E1"))), "no tool of this task answered 200"),
    (json.dumps(answer(performance_findings=finding(91.7, 1.3, "E1"))), "no tool of this task answered 1.3"),
    (json.dumps(answer(performance_findings=finding(91.7, 1.4))), "a time needs evidence of the kind measured"),
]


@pytest.mark.parametrize(("message", "fault"), FAULTS, ids=[fault for _, fault in FAULTS])
def test_an_answer_that_does_not_hold_is_sent_back_once_with_the_reason(measured, message, fault):
    first = measured.end(message)
    assert first.reply["decision"] == "block"
    assert fault in first.reply["reason"]
    assert measured.head()["status"] == "running"
    assert measured.end(message, again=True).reply == {}
    assert measured.head()["status"] == "invalid"
    (pending,) = measured.state()["tasks_pending"]
    assert fault in pending["blockers"][0]
    assert (measured.context / "runs" / "agent-a1" / "answer.txt").read_text() == message


@pytest.mark.parametrize(("before", "after"), [(91.66, 1.42), (91.7, 1.4), (92, None), (None, None), (0.09166, 1420)])
def test_a_time_that_a_tool_answered_is_taken_rounded_or_in_another_unit(measured, before, after):
    assert measured.end(json.dumps(answer(performance_findings=finding(before, after, "E1")))).reply == {}


SAID = ["Seq Scan (actual time=0.031..12.345 rows=7)", "12.345ms", "took 12.345 ms.", "a=12.345,b=1", '{"ms":12.345}']


@pytest.mark.parametrize("said", SAID)
def test_a_time_is_found_in_whatever_form_the_tool_prints_it(client, said):
    client.start()
    client.result(1, {"stdout": said}, command="psql")
    assert client.end(json.dumps(answer(performance_findings=finding(12.345, None, "E1")))).reply == {}


def test_a_time_with_its_thousands_apart_is_one_number(client):
    client.start()
    client.result(1, {"stdout": "1,234.5 ms"}, command="psql")
    assert client.end(json.dumps(answer(performance_findings=finding(1234.5, None, "E1")))).reply == {}


@pytest.mark.parametrize("message", ["{" * 200_000, '{"a":' * 100_000])
def test_what_is_no_json_is_sent_back_at_once(client, message):
    client.start()
    assert "there is no JSON object" in client.end(message).reply["reason"]


def test_a_number_that_the_agent_gave_to_the_tool_itself_is_no_measurement(client):
    client.start()
    client.result(1, {"stdout": "91.66"}, command="echo 91.66")
    said = client.end(json.dumps(answer(performance_findings=finding(91.66, None, "E1"))))
    assert "no tool of this task answered 91.66" in said.reply["reason"]


def test_the_answer_is_found_between_words_and_in_a_code_block(measured):
    text = f"Here it is:\n```json\n{json.dumps(answer(), indent=1)}\n```\nThat {{is}} all."
    assert measured.end(text).reply == {}
    assert measured.head()["status"] == "done"


def test_a_valid_answer_leaves_the_task_completed_and_a_decision(measured):
    (measured.project / "migrations").mkdir()
    (measured.project / MIGRATION).write_text('revision: str = "0001"\n')
    given = answer(migrations_created=["0001_orders.py"], indexes_added=[INDEX])
    measured.end(json.dumps(given))
    state = measured.state()
    assert [(each["task"], each["agent"]) for each in state["tasks_completed"]] == [
        ("make the orders report fast", "database-engineer")
    ]
    assert state["active_agent"] is None
    assert state["runs"][0]["status"] == "done"
    assert json.loads((measured.context / "runs" / "agent-a1" / "output.json").read_text()) == given
    (path,) = (measured.context / "knowledge" / "decisions").glob("D-0001-*.json")
    decision = json.loads(path.read_text())
    assert INDEX["definition"] in decision["decision"]
    assert (decision["agent"], decision["run_id"], decision["source"]) == ("database-engineer", "agent-a1", "hook")
    assert decision["agent_version"] == measured.head()["agent_version"]
    assert state["agent_decisions"]["database-engineer"][0]["decision_id"] == "D-0001"


def test_the_same_end_twice_is_written_once(measured):
    for _ in range(2):
        measured.end(json.dumps(answer(indexes_added=[INDEX])))
    assert len(measured.state()["tasks_completed"]) == 1
    assert len(measured.state()["runs"]) == 1
    assert len(list((measured.context / "knowledge" / "decisions").glob("D-*.json"))) == 1


def test_a_decision_that_the_agent_recorded_itself_is_not_written_again(measured):
    tool = "mcp__plugin_pgwright_pgwright__remember"
    measured.call(2, tool, decision="x")
    measured.result(2, [{"type": "text", "text": "D-0001"}], tool=tool, decision="x")
    measured.end(json.dumps(answer(indexes_added=[INDEX])))
    assert not (measured.context / "knowledge" / "decisions" / "active.json").exists()


def test_blockers_in_the_answer_leave_the_task_pending(measured):
    measured.end(json.dumps(answer(blockers=["no server to copy from"])))
    (pending,) = measured.state()["tasks_pending"]
    assert pending["blockers"] == ["no server to copy from"]
    assert measured.head()["status"] == "blocked"


def handed_over(client):
    (client.project / "migrations").mkdir()
    (client.project / MIGRATION).write_text('revision = "0001"\n')
    client.end(json.dumps(answer(migrations_created=[MIGRATION])))


def test_a_migration_goes_to_the_reviewer_before_the_turn_ends(measured):
    handed_over(measured)
    (handed,) = measured.state()["handoffs"]
    assert handed["payload"] == {"migration": MIGRATION, "revision": "0001", "proof_clean": False}
    held = measured.send("stop", stop_hook_active=False).reply
    assert held["decision"] == "block"
    assert "pgwright:code-quality-reviewer" in held["reason"]
    assert MIGRATION in held["reason"]
    assert measured.send("stop", stop_hook_active=True).reply == {}
    measured.start(agent_id="b1", agent_type=REVIEWER)
    measured.end(review("approved", MIGRATION), agent_id="b1", agent_type=REVIEWER)
    (handed,) = measured.state()["handoffs"]
    assert (handed["verdict"], handed["review_run_id"]) == ("approved", "agent-b1")
    assert measured.send("stop", stop_hook_active=False).reply == {}


def test_a_review_of_something_else_settles_nothing(measured):
    handed_over(measured)
    measured.start(agent_id="b1", agent_type=REVIEWER)
    measured.end(review("approved", "app/other.py"), agent_id="b1", agent_type=REVIEWER)
    assert measured.state()["handoffs"][0]["verdict"] == "pending"


def test_another_session_is_not_held_for_it(measured, another):
    handed_over(measured)
    other = another("s-2")
    other.start(agent_id="c1")
    other.end(json.dumps(answer()), agent_id="c1")
    assert other.send("stop", stop_hook_active=False).reply == {}


def test_the_main_thread_hears_how_it_ended_and_what_follows(measured):
    handed_over(measured)
    told = measured.send(
        "result",
        tool_name="Agent",
        tool_input={"subagent_type": ENGINEER, "prompt": "x"},
        tool_response={"status": "completed", "agentId": "a1"},
        tool_use_id="toolu_a1",
    ).context
    assert "agent-a1: done" in told
    assert "Start that agent" in told
