"""Compound tasks: where they are cut, in what order the work is done, and what is not a request at all."""

from __future__ import annotations

import pytest

from orchestrator.router import lexicon, words
from orchestrator.router.answer import route, router
from orchestrator.router.segments import cut

DB, BACK, REVIEW = "database-engineer", "backend-system-architect", "code-quality-reviewer"
TRACE = """our orders page fails, fix it:
Traceback (most recent call last):
  File "/srv/app/api/endpoints/orders.py", line 33, in create_order
    build, add, review
  File "/usr/lib/python3/site-packages/fastapi/routing.py", line 20, in app
    return endpoint; review the code
sqlalchemy.exc.IntegrityError: duplicate key value violates unique constraint "orders_pkey"
DETAIL: Key (id)=(1) already exists."""


@pytest.fixture
def rules_alone(monkeypatch, tmp_path):
    """No weights of single words: what the rules say by themselves."""
    monkeypatch.setattr(words, "FILE", tmp_path / "no-words.tsv")
    lexicon.load.cache_clear()
    yield
    lexicon.load.cache_clear()


def agents_of(task):
    found = route(task)
    return [segment.agent for segment in found.segments] or [found.agent]


@pytest.mark.parametrize(
    ("task", "agents"),
    [
        ("first add the coupons table, then write the endpoint", [DB, BACK]),
        ("Before building the endpoint, add the coupons table", [DB, BACK]),
        ("before you review the code, add an index on orders", [DB, REVIEW]),
        ("add the coupons table before you write the endpoint", [DB, BACK]),
        ("review the migration after you add the missing index", [DB, REVIEW]),
        ("1. add the coupons table 2. write the REST endpoint 3. review the branch", [DB, BACK, REVIEW]),
        ("1) add the coupons table\n2) write the REST endpoint\n3) review the branch", [DB, BACK, REVIEW]),
        ("- add the coupons table\n- write the REST endpoint\n* review the branch", [DB, BACK, REVIEW]),
        ("design the REST API; add the tables; review the PR", [BACK, DB, REVIEW]),
        ("create the coupons table. write the endpoint. review the code", [DB, BACK, REVIEW]),
        ("添加一个数据库表，然后设计接口", [DB, BACK]),
        ("añade una columna a la tabla y luego crear un endpoint api", [DB, BACK]),
        ("füge eine Spalte zur Tabelle hinzu und dann Code prüfen", [DB, REVIEW]),
        ("upgrade to postgres 16. then add an index on orders", [DB]),
    ],
)
def test_a_compound_task_is_cut_in_every_form_that_people_write(task, agents):
    assert agents_of(task) == agents


@pytest.mark.parametrize(
    "task",
    [
        "eins und dann zwei",
        "uno y luego dos",
        "un, puis deux",
        "um e depois dois",
        "uno e poi due",
        "один, затем два",
        "做一，然后做二",
        "一をして、その後、二をする",
        "אחת ואז שתיים",
        "one, followed by two",
    ],
)
def test_the_words_that_join_two_requests_are_known_in_ten_languages(task):
    assert len(cut(task, router().lexicon)) == 2


@pytest.mark.parametrize(
    ("task", "agents"),
    [
        ("add an index on orders without touching the API endpoint", [DB]),
        ("review my code but not the migration", [REVIEW]),
        ("do not touch the schema, only review the pull request", [REVIEW]),
        ("add a column without locking the table", [DB]),
        ("version our public API without breaking old clients", [BACK]),
    ],
)
def test_what_the_task_leaves_out_does_not_count(task, agents):
    assert agents_of(task) == agents


def test_what_is_left_out_says_by_which_words():
    found = route("add an index on orders without touching the API endpoint")
    assert {entry.because for entry in found.suppressed} == {'left out by "without touching"'}


def test_the_left_out_part_ends_at_a_comma():
    assert agents_of("without touching the application, design the REST API") == [BACK]


@pytest.mark.parametrize(
    ("task", "agents"),
    [
        ('the docs say "add a table, then write the endpoint"', [DB]),
        ("run `add index; review the branch` on the database", [DB]),
        ("this slow query needs an index:\n```\nSELECT * FROM orders; -- then an endpoint\n```", [DB]),
        ("which index helps here?\nSELECT id\nFROM orders\nWHERE endpoint = 'x'\nORDER BY review", [DB]),
        (TRACE, [DB]),
        (f"{TRACE}\nthen review the code of the service", [DB, REVIEW]),
        ("java.sql.SQLException: deadlock detected\n\tat com.shop.api.Endpoint.review(Endpoint.java:12)", [DB]),
    ],
)
def test_quoted_and_pasted_text_is_not_cut(rules_alone, task, agents):
    assert agents_of(task) == agents


def test_the_frames_of_a_trace_say_where_it_broke_and_not_what_is_asked():
    found = route(TRACE)
    assert "a frame of a stack trace" in {entry.because for entry in found.suppressed}
    assert not any("endpoint" in found.task[hit.start : hit.end] for hit in found.matched)


def test_the_parts_of_a_list_are_shown_without_their_marks():
    task = "1. add the coupons table\n2. write the REST endpoint"
    found = route(task)
    assert [segment.text for segment in found.segments] == ["add the coupons table", "write the REST endpoint"]
    assert [task[segment.start : segment.end] for segment in found.segments] == [
        "add the coupons table",
        "write the REST endpoint",
    ]
