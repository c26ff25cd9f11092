"""The session state: older shapes are read, and nothing in them is lost."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestrator.memory import state
from orchestrator.plugin.validation import validate

NOW = "2026-01-31T09:00:00Z"

AS_SHIPPED = {
    "schema_version": "1.0.0",
    "session_id": "abc",
    "started_at": "2026-01-16T08:00:00Z",
    "last_activity": "2026-01-16T08:30:00Z",
    "active_agent": None,
    "tasks_pending": ["migrate users", {"task_id": "t7", "description": "add index", "blockers": ["no DSN"]}],
    "tasks_completed": [{"id": "t1", "summary": "design schema", "agent": "database-engineer", "duration_s": 12}],
    "_meta": {"token_budget": 500, "auto_load": "always"},
}
TEST_SCHEMA = {
    "session_id": "abc",
    "current_task": {"description": "optimize search", "priority": 1},
    "decisions_this_session": [{"decision": "use HNSW"}, "keep UUID keys"],
}
ONE_PER_AGENT = {"agent_decisions": {"database-engineer": {"summary": "use HNSW", "timestamp": NOW}}}


def fresh() -> state.State:
    return state.empty(session_id="s", now=NOW)


def leaves(value: object) -> Counter[str]:
    if isinstance(value, dict):
        return sum((leaves(each) for each in value.values()), Counter())
    if isinstance(value, list):
        return sum((leaves(each) for each in value), Counter())
    return Counter() if value is None else Counter([json.dumps(value)])


@pytest.mark.parametrize("older", [AS_SHIPPED, TEST_SCHEMA, ONE_PER_AGENT])
def test_each_older_shape_becomes_a_valid_state_with_all_its_values(older):
    modern = state.modernised(older, fresh())
    assert validate(modern, "state") == []
    assert not leaves(older) - leaves(modern)


def test_pending_and_completed_tasks_keep_their_words_and_blockers():
    modern = state.modernised(AS_SHIPPED, fresh())
    assert [(each["task"], each["blockers"]) for each in modern["tasks_pending"]] == [
        ("migrate users", []),
        ("add index", ["no DSN"]),
    ]
    assert modern["tasks_completed"][0]["task"] == "design schema"
    assert modern["legacy"]["_meta"]["token_budget"] == 500


def test_an_unfinished_current_task_is_pending_and_its_decisions_are_noted():
    modern = state.modernised(TEST_SCHEMA, fresh())
    assert [each["task"] for each in modern["tasks_pending"]] == ["optimize search"]
    assert [each["summary"] for each in modern["agent_decisions"]["unknown"]] == ["use HNSW", "keep UUID keys"]


def test_a_decision_held_as_one_object_per_agent_becomes_the_agents_list():
    modern = state.modernised(ONE_PER_AGENT, fresh())
    assert [each["summary"] for each in modern["agent_decisions"]["database-engineer"]] == ["use HNSW"]


scalars = st.none() | st.booleans() | st.integers() | st.text(max_size=6)
words = st.sampled_from(
    [
        *state.empty(session_id="", now=""),
        "decisions",
        "decisions_this_session",
        "current_task",
        "legacy",
        "id",
        "task",
        "agent",
        "run_id",
        "at",
        "blockers",
        "summary",
        "status",
        "decision_id",
    ]
) | st.text(max_size=4)
values = st.recursive(scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=4))


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(words, values, max_size=6))
def test_any_object_becomes_a_valid_state_and_no_value_is_lost(document):
    modern = state.modernised(document, fresh())
    assert state.problems(modern) == []
    assert validate(modern, "state") == []
    assert not leaves(document) - leaves(modern)
    assert state.modernised(modern, fresh()) == modern


def test_a_task_pending_under_a_run_is_no_longer_pending_once_the_run_completes():
    now = fresh()
    state.add_pending(now, task="x", agent="a", blockers=["no server"], run_id="r-1", at=NOW)
    state.add_completed(now, task="x", agent="a", run_id="r-1", at=NOW)
    state.add_completed(now, task="x", agent="a", run_id="r-1", at=NOW)
    assert now["tasks_pending"] == []
    assert [each["id"] for each in now["tasks_completed"]] == ["r-1"]


def test_tasks_outside_of_a_run_get_ids_of_their_own():
    now = fresh()
    ids = [state.add_completed(now, task=str(n), agent=None, run_id=None, at=NOW) for n in range(3)]
    assert ids == ["T-1", "T-2", "T-3"]


def test_a_run_noted_twice_is_one_run_with_the_later_status():
    now = fresh()
    state.put_run(now, {"run_id": "r-1", "task": "x", "status": "started", "started_at": NOW})
    state.put_run(now, {"run_id": "r-1", "status": "completed", "finished_at": NOW})
    assert [(each["status"], each["started_at"]) for each in now["runs"]] == [("completed", NOW)]
    assert validate(now, "state") == []


def test_an_agents_decision_is_noted_once_for_a_run():
    now = fresh()
    for _ in range(2):
        state.add_agent_decision(now, "a", decision_id="D-0001", summary="s", run_id="r-1", at=NOW)
    assert len(now["agent_decisions"]["a"]) == 1
    assert validate(now, "state") == []
