"""The team in the real client: state and decisions given, budget and answer kept, the migration reviewed."""

from __future__ import annotations

import json
import re

import pytest
from client_script import (
    ENGINEER,
    IS_ENGINEER,
    IS_REVIEWER,
    REVIEWER,
    SKIP_PERMISSIONS,
    answer,
    bash,
    delegate,
    review,
    spawn,
    write,
)

from orchestrator.demo.messages_api import Lane
from orchestrator.memory.decision import Draft
from orchestrator.memory.store import ContextStore
from orchestrator.plugin import paths

ROOT = paths.root()
MIGRATION = "migrations/0001_index_orders.py"


@pytest.fixture
def store(env, tmp_path):
    return ContextStore(tmp_path / "project" / "context")


def test_a_runaway_subagent_is_told_held_and_ended(run, plugin, store):
    path = plugin / "agents" / "database-engineer.md"
    text = path.read_text()
    path.write_text(re.sub(r"range: \[\d+, \d+\], cap: \d+", "range: [2, 4], cap: 6", text))
    lanes = delegate(*[bash(f"psql -c 'SELECT {number}'") for number in range(40)])
    session = run(lanes=lanes, plugin=plugin, flags=SKIP_PERMISSIONS)
    assert len(session.psql_calls) == 6
    engineer = session.api.of(subagent=True)
    assert len(engineer) == 10  # six calls, three that were held, and the one that ended it
    assert "call 4 of 2 to 4" in engineer[4].context
    assert "Answer now" in engineer[-1].results()[-1]
    assert "ended with 6 tool calls" in session.api.of()[-1].context
    state = store.read_state()
    assert state["runs"][0]["status"] == "stopped"
    assert "budget" in state["tasks_pending"][0]["blockers"][0]


def test_a_session_starts_from_what_an_earlier_one_left(run, store):
    store.record(Draft(title="Orders", decision="Keep orders partitioned by month", tables=("orders",)))
    first = run(lanes=delegate(answer()), plugin=ROOT)
    assert "Keep orders partitioned" in first.api.of(subagent=True)[0].context
    assert store.read_state()["tasks_completed"][0]["task"] == "Do it"
    told = run("done", plugin=ROOT).api.of()[0].context
    assert "D-0001 [orders] Keep orders partitioned by month" in told
    assert "Completed: agent-" in told


def test_the_skills_of_the_agent_are_in_its_first_request(run):
    first = run(lanes=delegate(answer()), plugin=ROOT).api.of(subagent=True)[0]
    for title in ("# Vector and hybrid search in PostgreSQL", "# Alembic revisions that go up, down and up again"):
        assert title in first.context
    assert "Skill" in first.tools


def test_an_answer_that_does_not_hold_is_sent_back_once(run, store):
    lanes = delegate("I made it 200 times faster.", answer(recommendations=["look at orders"]))
    session = run(lanes=lanes, plugin=ROOT)
    assert "there is no JSON object" in session.api.of(subagent=True)[-1].context
    (head,) = store.root.glob("runs/agent-*/agent.json")
    assert json.loads(head.read_text())["status"] == "done"
    assert json.loads((head.parent / "output.json").read_text())["recommendations"] == ["look at orders"]


def test_a_second_answer_that_does_not_hold_is_recorded_as_it_is_and_nobody_waits_for_ever(run, store):
    session = run(lanes=delegate("no", "still no"), plugin=ROOT)
    assert len(session.api.of(subagent=True)) == 2
    assert store.read_state()["tasks_completed"] == []
    assert "does not hold" in store.read_state()["tasks_pending"][0]["blockers"][0]
    assert "invalid" in session.api.of()[-1].context


def test_a_migration_is_reviewed_before_the_main_thread_may_end(run, store, tmp_path):
    path = tmp_path / "project" / MIGRATION
    lanes = [
        Lane(turns=[spawn(prompt="index orders"), "done", spawn(REVIEWER, "Review it"), "done"]),
        Lane(
            subagent=True,
            system=IS_ENGINEER,
            turns=[write(path, 'revision = "0001"\n'), answer(migrations_created=[MIGRATION])],
        ),
        Lane(subagent=True, system=IS_REVIEWER, turns=[review("changes-requested", MIGRATION)]),
    ]
    session = run(lanes=lanes, plugin=ROOT, flags=SKIP_PERMISSIONS)
    assert "a migration has not been reviewed" in session.api.of()[2].context
    reviewer = session.api.of(subagent=True, system=IS_REVIEWER)[0]
    assert f'"migration": "{MIGRATION}"' in reviewer.context
    (handed,) = store.read_state()["handoffs"]
    assert (handed["verdict"], handed["to"]) == ("changes-requested", "code-quality-reviewer")
    assert [each["agent"] for each in store.read_state()["tasks_completed"]] == [
        ENGINEER.partition(":")[2],
        REVIEWER.partition(":")[2],
    ]


def test_an_agent_does_not_write_its_own_evidence(run, tmp_path):
    path = tmp_path / "project" / "context" / "runs" / "x" / "calls.jsonl"
    session = run(lanes=delegate(write(path)), plugin=ROOT, flags=SKIP_PERMISSIONS)
    assert not path.exists()
    assert "forbidden-agent-path" in session.api.results(subagent=True)[0]


def test_broken_hooks_beside_the_gate_hold_no_work(run, plugin):
    (plugin / "hooks" / "contract.py").write_text("raise RuntimeError\n")
    session = run(lanes=delegate(bash("psql -c 'SELECT 1'")), plugin=plugin)
    assert session.psql_calls == ["-c SELECT 1"]
    assert session.denied == []
