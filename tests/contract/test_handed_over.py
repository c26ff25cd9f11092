"""What one agent hands to another: told whole or where it stands, and settled by what was said of it only."""

from __future__ import annotations

import json

import pytest
from hook_client import REVIEWER, answer, review

from orchestrator.contract import handoff
from orchestrator.memory import state as states
from orchestrator.memory.store import ContextStore

ARCHITECT = "pgwright:backend-system-architect"


def model(number):
    return {
        "name": f"Model{number}",
        "file": "app/models.py",
        "row": "one row is one order line of one customer " * 6,
        "access": ["by customer ordered by date, page of 50, ten a second " * 2],
        "rows_now": None,
        "rows_in_a_year": None,
        "rules": ["a rule " * 20],
        "visible_to": "owner",
    }


def test_models_that_are_too_long_are_told_by_where_they_stand(client):
    lists = {key: [] for key in ("contracts", "files_changed", "failures", "recommendations", "evidence")}
    client.start(agent_id="m1", agent_type=ARCHITECT, prompt="design")
    given = json.dumps({**lists, "models": [model(number) for number in range(14)]})
    assert client.end(given, agent_id="m1", agent_type=ARCHITECT).reply == {}
    told = client.start(prompt="tables for the models").context
    (line,) = [each for each in told.splitlines() if each.startswith("Handed over to you: ")]
    assert "runs/agent-m1/output.json of the context store, under models" in line
    assert len(json.loads((client.context / "runs" / "agent-m1" / "output.json").read_text())["models"]) == 14
    client.end(json.dumps(answer()))
    assert client.state()["handoffs"][0]["verdict"] == "taken"


def test_a_handoff_that_the_agent_was_not_told_of_still_waits(client):
    def fill(state):
        for number in range(12):
            rules = [f"rule {number} " * 150]
            states.add_handoff(
                state,
                sender="backend-system-architect",
                receiver="database-engineer",
                payload={"models": rules},
                run_id=f"r-{number}",
                at="2026-01-01T00:00:00Z",
            )

    ContextStore(client.context).update_state(fill)
    told = client.start(prompt="tables").context
    shown = [each for each in client.state()["handoffs"] if f'"id": "{each["id"]}"' in told]
    assert 0 < len(shown) < 12
    client.end(json.dumps(answer()))
    taken = [each["id"] for each in client.state()["handoffs"] if each["verdict"] == "taken"]
    assert taken == [each["id"] for each in shown]


def handed(client, **migrations):
    """Migrations by path, each with its revision."""
    client.start(prompt="write migrations")
    for path, revision in migrations.items():
        file = client.project / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"revision = '{revision}'\n" if revision else "# nothing\n")
    client.end(json.dumps(answer(migrations_created=list(migrations))))


def verdicts(client, subject, *calls, not_checked=()):
    client.start(agent_id="b1", agent_type=REVIEWER)
    for number, command in enumerate(calls):
        client.send(
            "call",
            agent_id="b1",
            agent_type=REVIEWER,
            tool_name="Bash",
            tool_input={"command": command},
            tool_use_id=f"r{number}",
        )
    said = json.loads(review("approved", subject)) | {"not_checked": list(not_checked)}
    assert client.end(json.dumps(said), agent_id="b1", agent_type=REVIEWER).reply == {}
    return [each["verdict"] == "approved" for each in client.state()["handoffs"]]


FIRST, SECOND = "migrations/0001_a.py", "migrations/0002_b.py"
SUBJECTS = [
    (FIRST, [True, False]),
    ("./migrations/0001_a.py", [True, False]),
    ("0001_a.py", [True, False]),
    ("0001_a", [True, False]),
    ("migrations/0001_a.py:12", [True, False]),
    ("{project}/migrations/0001_a.py", [True, False]),
    ("migrations/0001_a.py, migrations/0002_b.py", [True, True]),
    ("migrations 0001_a.py and 0002_b.py", [True, True]),
    ("migrations", [True, True]),
    ("revision aaa111", [True, False]),
    ("aaa111..bbb222", [True, True]),
    ("branch main", [False, False]),
    ("-", [False, False]),
    (".", [False, False]),
    ("app/0001_a.py", [False, False]),
    ("other/migrations/0001_a.py", [False, False]),
    ("/elsewhere/migrations/0001_a.py", [False, False]),
]


@pytest.mark.parametrize(("subject", "expected"), SUBJECTS, ids=[subject for subject, _ in SUBJECTS])
def test_a_review_settles_what_its_subject_names(client, subject, expected):
    handed(client, **{FIRST: "aaa111", SECOND: "bbb222"})
    assert verdicts(client, subject.format(project=client.project)) == expected


@pytest.mark.parametrize("subject", ["-", '""', "None"])
def test_a_subject_without_a_name_does_not_settle_a_migration_without_a_revision(client, subject):
    handed(client, **{FIRST: ""})
    assert verdicts(client, subject) == [False]


def test_of_two_migrations_with_one_name_the_review_settles_its_own(client):
    paths = ["one/migrations/0001_initial.py", "two/migrations/0001_initial.py"]
    handed(client, **dict.fromkeys(paths, "x"))
    assert verdicts(client, "0001_initial.py") == [False, False]
    assert verdicts(client, paths[1]) == [False, True]


@pytest.mark.parametrize("subject", ["branch main", "main..feature", "commit 1a2b3c4d"])
def test_a_review_of_a_branch_or_a_range_settles_what_it_was_told_of_and_opened(client, subject):
    handed(client, **{FIRST: "aaa111", SECOND: "bbb222"})
    assert verdicts(client, subject, f"git show HEAD:{FIRST}") == [True, False]


def test_a_review_does_not_settle_what_it_says_it_left_out(client):
    handed(client, **{FIRST: "aaa111"})
    assert verdicts(client, "branch main", f"cat {FIRST}", not_checked=["0001_a.py"]) == [False]


def test_a_review_of_a_branch_settles_nothing_that_it_was_not_told_of(client):
    client.start(agent_id="b1", agent_type=REVIEWER)
    handed(client, **{FIRST: "aaa111"})
    client.call(1, "Bash", agent_id="b1", command=f"cat {FIRST}")
    client.end(review("approved", "branch main"), agent_id="b1", agent_type=REVIEWER)
    assert client.state()["handoffs"][0]["verdict"] == "pending"


def test_the_number_of_a_handoff_that_is_gone_is_not_given_to_another():
    state = states.empty(session_id="s", now="n")

    def add(number):
        return states.add_handoff(state, sender="a", receiver="b", payload={"n": number}, run_id=None, at="t")

    add(1)
    add(2)
    state["handoffs"].pop(0)
    assert add(3) == "H-3"
    state["handoffs"][0]["id"] = "named by hand"
    assert add(4) == "H-4"


def test_a_short_handoff_is_told_as_it_is():
    each = {"id": "H-1", "payload": {"models": ["x"]}, "run_id": "r"}
    assert json.loads(handoff.shown(each, "id", "payload")) == {"id": "H-1", "payload": {"models": ["x"]}}
