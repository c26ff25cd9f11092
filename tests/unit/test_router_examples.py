"""Labelled examples: how they are kept, what they do to a route, and the phrase that would have made them needless."""

from __future__ import annotations

import json
import threading

import pytest

from orchestrator.model.errors import CouldNotFindOut
from orchestrator.plugin.validation import validate
from orchestrator.router import examples, lint, mend
from orchestrator.router.answer import Router, router
from orchestrator.router.examples import Example

TASK = "flurble the quibbit"  # no word of it is known


@pytest.fixture
def context(tmp_path):
    return tmp_path / "context"


def lines(context):
    return [json.loads(line) for line in examples.path(context).read_text(encoding="utf-8").splitlines()]


def label(task=TASK, agent="database-engineer", skill=None):
    return Example(task=task, agent=agent, skill=skill)


def test_an_example_is_one_line_by_its_schema(context):
    action, added = examples.add(context, label("größer als 查询?", skill="recall"))
    assert (action, added.line) == ("added", 1)
    assert validate(lines(context)[0], "routing-example") == []
    assert lines(context)[0]["task"] == "größer als 查询?"


def test_the_same_label_is_not_written_twice_and_another_one_replaces_it(context):
    assert examples.add(context, label())[0] == "added"
    assert examples.add(context, label("  Flurble THE\nquibbit. "))[0] == "unchanged"
    assert examples.add(context, label(agent="none"))[0] == "changed"
    assert examples.add(context, label())[0] == "changed"
    assert len(lines(context)) == 3
    held = examples.read(context)
    assert [(each.agent, each.line) for each in held.values()] == [("database-engineer", 3)]


@pytest.mark.parametrize("rest", ['{"task": "half', "[]", '{"task": 1, "agent": "none"}', "\x00", '{"task": "x"}'])
def test_a_torn_line_is_left_out_and_the_next_one_is_whole(context, rest):
    examples.add(context, label())
    with examples.path(context).open("a") as file:
        file.write(rest)
    _, added = examples.add(context, label("two"))
    assert added.line == 3
    assert {each.task for each in examples.read(context).values()} == {TASK, "two"}


def test_writers_at_the_same_time_lose_nothing(context):
    tasks = [f"task number {number}" for number in range(20)]
    threads = [threading.Thread(target=examples.add, args=(context, label(task))) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(entry["task"] for entry in lines(context)) == sorted(tasks)


def test_a_store_whose_place_is_a_file_is_said_in_plain_words(context):
    context.write_text("")
    with pytest.raises(CouldNotFindOut):
        examples.add(context, label())


def test_a_labelled_task_is_routed_as_labelled_and_says_so(context):
    assert router(context=context).route(TASK).agent == "none"
    examples.add(context, label(skill="transaction-management"))
    found = router(context=context).route("Flurble the quibbit!")
    assert found.agent == "database-engineer"
    assert found.skills[0].name == "transaction-management"
    assert found.decided_by == "example: labelled in line 1 of routing/examples.jsonl"
    assert validate(found.as_json(), "route") == []
    assert router(context=context).route("flurbles zorp").agent == "none"


def test_a_task_can_be_labelled_as_nobodys(context):
    examples.add(context, label("slow query", agent="none"))
    found = router(context=context).route("slow query")
    assert (found.agent, found.score) == ("none", 4.0)
    assert found.question == "Line 1 of routing/examples.jsonl gives it to nobody: is that still so?"


def test_a_label_for_an_agent_that_is_gone_does_not_count_and_is_a_finding(context):
    examples.add(context, label("slow query", agent="gardener"))
    found = router(context=context)
    assert found.route("slow query").agent == "database-engineer"
    problems = list(lint.lint_examples(found.labelled, found, "examples.jsonl"))
    assert [(problem.code, problem.line) for problem in problems] == [("unknown-agent", 1)]


def test_an_example_that_the_words_alone_route_elsewhere_is_a_finding(context):
    examples.add(context, label("slow query"))
    examples.add(context, label())
    found = router(context=context)
    problems = list(lint.lint_examples(found.labelled, found, "examples.jsonl"))
    assert [(problem.code, problem.line) for problem in problems] == [("wrong-route", 2)]


@pytest.mark.parametrize(
    "wanted",
    [
        label(),
        label("slow query in the weekly bulletin", agent="none"),
        label("review the queue of the mailer", agent="database-engineer"),
        label("slow query digest by mail", skill="monitoring"),
    ],
)
def test_the_entry_that_is_proposed_gives_the_wanted_answer_and_keeps_the_others(wanted):
    plain = router()
    kept = [label("slow query on orders"), label("review my branch"), label("plant a tree", agent="none")]
    found = mend.propose(wanted, plain, kept)
    assert found is not None
    trial = plain.lexicon.extended(mend.rule(found, plain.lexicon))

    after = Router(lexicon=trial, prior={}, labelled={})
    mended = after.route(wanted.task)
    assert mended.agent == wanted.agent
    assert wanted.skill in (None, *(skill.name for skill in mended.skills[:1]))
    assert [after.route(each.task).agent for each in kept] == [plain.route(each.task).agent for each in kept]
    assert plain.route(wanted.task).as_json() == router().route(wanted.task).as_json()


def test_nothing_is_proposed_where_every_phrase_would_move_a_known_example():
    kept = [label("slow query on orders")]
    assert mend.propose(label("slow query on orders", agent="code-quality-reviewer"), router(), kept) is None
