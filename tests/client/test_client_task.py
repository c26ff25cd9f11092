"""One task from its words to what the next session starts with, in the real client and on a real PostgreSQL."""

from __future__ import annotations

import json

import pytest
from client_script import (
    IS_ENGINEER,
    IS_REVIEWER,
    REVIEWER,
    SKIP_PERMISSIONS,
    answer,
    bash,
    ours,
    review,
    spawn,
    write,
)

from orchestrator.demo.messages_api import Lane
from orchestrator.memory.decision import Draft
from orchestrator.memory.state import add_pending
from orchestrator.memory.store import ContextStore
from orchestrator.pg import connect
from orchestrator.plugin import paths

pytestmark = pytest.mark.pg
ROOT = paths.root()
TABLES = """
CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, customer_id bigint NOT NULL, note text);
INSERT INTO orders (customer_id, note) SELECT g % 100, 'note ' || g FROM generate_series(1, 2000) g;
ANALYZE orders;
"""
QUERY = "SELECT * FROM orders WHERE customer_id = 7"
MIGRATION = "migrations/0001_index_orders.py"
REVISION = 'revision = "0001"\ndown_revision = None\n'
DECISION = "Index orders by customer_id, because every list of a customer reads the whole table"


@pytest.fixture
def tables(database):
    with connect.scratch(database) as connection:
        connection.execute(TABLES.encode())
    return database


@pytest.fixture
def store(env, tmp_path):
    earlier = ContextStore(tmp_path / "project" / "context")
    earlier.record(Draft(title="Orders", decision="Keep orders partitioned by month", tables=("orders",)))

    def left(state):
        task = "archive old orders"
        add_pending(state, task=task, agent="database-engineer", blockers=["no rule yet"], run_id=None, at="2026-01-01")

    earlier.update_state(left)
    return earlier


def measured(request):
    """What the engineer answers once it has read the plan: a time that the plan shows."""
    plan = next(json.loads(text) for text in request.results() if text.startswith('{"schema":"mcp-explain"'))
    ms = plan["plan"]["total_ms"]
    evidence = {"id": "E1", "topic": "baseline", "about": "orders", "kind": "measured", "claim": f"{ms} ms"}
    finding = {"query": QUERY, "before_ms": ms, "after_ms": None, "fix": "an index", "evidence": ["E1"]}
    return answer(
        migrations_created=[MIGRATION],
        performance_findings=[finding],
        evidence=[evidence | {"how": "EXPLAIN ANALYZE, once", "value": {}}],
    )


def script(project):
    """The engineer's task, with everything that it may not do in between, and the reviewer's."""
    engineer = [
        ours("explain", sql=QUERY, analyze=True),
        write(project / "frontend" / "app.ts"),
        bash("psql shop -c 'DROP TABLE orders'"),
        ours("execute_sql", sql="DELETE FROM orders"),
        write(project / MIGRATION, REVISION),
        ours("remember", decision=DECISION, tables=["orders"], agent="somebody else"),
        answer(performance_findings=[{"query": QUERY, "before_ms": 200, "after_ms": 5, "fix": "x", "evidence": []}]),
        measured,
    ]
    main = [spawn(prompt="make the list of orders fast"), "done", spawn(REVIEWER, "Review the migration"), "done"]
    return [
        Lane(turns=main),
        Lane(subagent=True, system=IS_ENGINEER, turns=engineer),
        Lane(subagent=True, system=IS_REVIEWER, turns=[bash("git log --oneline"), review("approved", MIGRATION)]),
    ]


@pytest.fixture
def session(run, store, tables, tmp_path):
    lanes = script(tmp_path / "project")
    return run(lanes=lanes, plugin=ROOT, flags=SKIP_PERMISSIONS, variables={"DATABASE_URL": tables})


def test_a_task_goes_from_its_words_to_what_the_next_session_starts_with(run, session, store, tables):
    engineer = session.api.of(subagent=True, system=IS_ENGINEER)
    # State and decisions are there before it says anything.
    assert "Keep orders partitioned by month" in engineer[0].context
    assert "Pending: T-1 archive old orders (blocked by: no rule yet)" in engineer[0].context
    # A tool of ours on a real server; what its definition and the gate forbid does not happen.
    plan, frontend, drop, delete, written, remembered = session.api.results(subagent=True, system=IS_ENGINEER)
    assert "Seq Scan" in plan
    assert "forbidden-agent-path" in frontend
    assert "drop-table" in drop
    assert "delete-every-row" in delete
    assert session.psql_calls == []
    with connect.scratch(tables) as connection:
        assert connection.execute("SELECT count(*) FROM orders").fetchone() == (2000,)
    assert "File created" in written
    assert '"id":"D-0002"' in remembered
    # The invalid answer comes back once.
    assert "no tool of this task answered 200" in engineer[-1].context
    # The reviewer gets the migration.
    reviewer = session.api.of(subagent=True, system=IS_REVIEWER)[0]
    assert f'"migration": "{MIGRATION}"' in reviewer.context
    # What is left.
    state = store.read_state()
    assert [(each["agent"], each["status"]) for each in state["runs"]] == [
        ("database-engineer", "done"),
        ("code-quality-reviewer", "done"),
    ]
    assert [each["task"] for each in state["tasks_completed"]] == [
        "make the list of orders fast",
        "Review the migration",
    ]
    assert [each["verdict"] for each in state["handoffs"]] == ["approved"]
    (noted,) = state["agent_decisions"]["database-engineer"]
    decided = next(each for each in store.decisions() if each.id == noted["decision_id"])
    assert (decided.decision, decided.agent) == (DECISION, "database-engineer")
    # The next session starts from it.
    told = run("done", plugin=ROOT).api.of()[0].context
    assert DECISION in told
    assert "make the list of orders fast" in told
