from __future__ import annotations

import copy

import pytest

from orchestrator.plugin import paths
from orchestrator.router import lexicon, words
from orchestrator.router.answer import Router, route
from orchestrator.router.decision import decide
from orchestrator.router.lint import lint
from orchestrator.router.match import match
from orchestrator.router.typos import Typos

AGENT = """---
name: {name}
description: Use when {name} is asked for and for nothing else in the world.
x-orchestrate:
  version: 1.0.0
  routing:
    about: {name}
    phrases:
      - {{phrase: "{phrase}", weight: 4}}
    negatives:
      - {{phrase: "rose water", means: a kitchen ingredient}}
---
"""


def by_rules(task):
    """The answer without what was learned of single words."""
    plain = copy.copy(lexicon.load())
    plain.learned = None
    return Router(lexicon=plain, prior={}, labelled={}).route(task)


def agents_of(task):
    return [segment.agent for segment in route(task).segments]


@pytest.fixture(autouse=True)
def kept_here(tmp_path_factory, monkeypatch):
    monkeypatch.setenv("ORCHESTRATE_CACHE", str(tmp_path_factory.getbasetemp() / "lexicons"))


@pytest.fixture
def rules_alone(monkeypatch, tmp_path):
    """No weights of single words: what the rules say by themselves."""
    monkeypatch.setattr(words, "FILE", tmp_path / "no-words.tsv")
    lexicon.load.cache_clear()
    yield
    lexicon.load.cache_clear()


@pytest.fixture
def garden(tmp_path):
    (tmp_path / "agents").mkdir()
    (tmp_path / "agents" / "gardener.md").write_text(AGENT.format(name="gardener", phrase="rose|roses"))
    (tmp_path / "agents" / "cook.md").write_text(AGENT.format(name="cook", phrase="soup"))
    return tmp_path


def test_adding_an_agent_is_adding_a_file(garden):
    assert route("prune the roses", root=garden).agent == "gardener"
    assert route("make a soup", root=garden).agent == "cook"
    assert route("prune the roses").agent == "none"


def test_a_negative_takes_the_meaning_of_its_words_for_its_agent_only(garden):
    found = route("sprinkle rose water", root=garden)
    assert found.agent == "none"
    assert [entry.because for entry in found.suppressed] == ["a kitchen ingredient"]
    assert "kitchen ingredient" in (found.question or "")


def test_the_same_task_gives_the_same_answer_from_a_fresh_lexicon():
    first = route("slow query on the orders table").as_json()
    lexicon.load.cache_clear()
    assert route("slow query on the orders table").as_json() == first


def test_a_changed_routing_changes_the_lexicon_hash(garden):
    before = route("soup", root=garden).lexicon_sha
    (garden / "agents" / "cook.md").write_text(AGENT.format(name="cook", phrase="broth"))
    lexicon.load.cache_clear()
    assert route("soup", root=garden).lexicon_sha != before


@pytest.mark.parametrize(
    ("task", "agents"),
    [
        ("add a coupons table and then write the endpoint", ["database-engineer", "backend-system-architect"]),
        ("review the migration after you add the missing index", ["database-engineer", "code-quality-reviewer"]),
        ("first design the REST API, then create the tables", ["backend-system-architect", "database-engineer"]),
        ("add an index on orders.customer_id, then analyze the table", []),
        ("explain the plan and tune the query", []),
    ],
)
def test_a_compound_task_is_cut_and_put_in_the_order_of_the_work(task, agents):
    assert agents_of(task) == agents


def test_the_parts_of_a_compound_task_point_at_their_words_and_hand_off():
    task = "add a coupons table and then write the endpoint"
    found = route(task)
    first, second = found.segments
    assert [task[part.start : part.end] for part in (first, second)] == [first.text, second.text]
    assert first.hands_off_to == ("code-quality-reviewer", "backend-system-architect")
    assert found.agent == first.agent


def test_work_that_ends_in_a_migration_is_handed_to_the_reviewer():
    assert route("add an index for the slow query").hands_off_to == ("code-quality-reviewer",)
    assert route("what was our decision about uuids").hands_off_to == ()


ORCHARD = {
    "lexicon": [
        {"agent": "grower", "weight": 3, "phrases": ["pear"]},
        {"agent": "presser", "weight": 3.5, "phrases": ["apple"]},
    ],
    "ownership": [
        {"between": ["grower", "presser"], "phrases": ["pear apple juice"], "owner": "presser", "because": "it presses"}
    ],
}


@pytest.mark.parametrize(
    ("task", "agent", "reason"),
    [
        ("pear apple juice", "presser", "ownership: it presses"),
        ("pear apple", "grower", "position: named first in the task"),
        ("apple pear", "presser", "position: named first in the task"),
        ("apple pie", "presser", "score"),
    ],
)
def test_a_close_call_goes_to_the_owner_and_else_to_who_is_named_first(task, agent, reason):
    orchard = lexicon.build(ORCHARD, ())
    decision = decide(match(task, orchard), orchard, {})
    assert (decision.agent, decision.decided_by) == (agent, reason)


@pytest.mark.parametrize(
    ("task", "agent"),
    [
        ("SQLAlchemy models for the bookings table", "backend-system-architect"),
        ("review alembic/versions/0007_tax.py", "code-quality-reviewer"),
    ],
)
def test_the_boundaries_between_the_agents_are_kept(task, agent):
    assert route(task).agent == agent


def test_the_verb_that_opens_a_request_names_the_skill():
    found = route("remember that foreign keys, unique constraints and identity columns are mandatory")
    scores = {skill.name: skill.score for skill in found.skills}
    assert found.skills[0].name == "remember"
    assert scores["database-schema-designer"] > scores["remember"]


def test_hints_alone_never_route(rules_alone):
    found = by_rules("a table with a row, a column, a view and a record")
    assert found.agent == "none"
    assert found.score < 2.5


def test_an_error_text_is_never_suppressed():
    found = route("my wedding seating table app says: deadlock detected")
    assert found.agent == "database-engineer"
    assert found.skills[0].name == "transaction-management"


@pytest.mark.parametrize(
    ("task", "question"),
    [
        ("which constraint", 'Only "constraint" points there.'),
        (
            "which constraint",
            "Is it about a PostgreSQL database, its schema, migrations or queries (database-engineer)?",
        ),
        ("the printer queue is stuck", '"queue" was read as people who wait: is it about'),
        ("plant a tree", "Which is it about: "),
        ("a server with a table", "(backend-system-architect) or "),
        ("", "What is to be done?"),
        ("💥 \x00", "What is to be done?"),
    ],
)
def test_without_an_agent_the_question_is_about_what_was_nearest(rules_alone, task, question):
    found = by_rules(task)
    assert found.agent == "none"
    assert question in found.question
    assert found.question.count("?") == 1


@pytest.mark.parametrize("task", ["", "   ", "\n\n", "?!", "\x00", "a" * 100_000, "💥" * 500, "index " * 5_000])
def test_any_text_gets_an_answer(task):
    assert route(task).agent in {"none", "database-engineer"}


@pytest.mark.parametrize("task", ["Größe der TABELLE: langsame Abfrage", "ﬁnd the slow query", "ＳＬＯＷ ｑｕｅｒｙ"])
def test_spans_point_into_the_text_as_given(task):
    found = route(task)
    assert found.agent == "database-engineer"
    for hit in found.matched:
        assert 0 <= hit.start < hit.end <= len(task)
        assert task[hit.start].strip()


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("qurey", "query"),
        ("migraton", "migration"),
        ("indxe", "index"),
        ("idnex", "index"),
        ("queriess", "queries"),
        ("cable", None),  # a real word that differs in its first letter
        ("plant", None),  # a real word
        ("quer", None),  # too short
    ],
)
def test_a_typo_is_repaired_toward_one_known_word(word, meant):
    typos = Typos(["query", "queries", "migration", "index", "table", "plans"], ["plant"])
    assert typos.repair(word) == meant


def test_a_typo_between_two_known_words_is_left_alone():
    assert Typos(["lease", "leave"], []).repair("leace") is None


def test_the_lexicon_is_sound():
    checked, problems = lint(paths.root())
    assert len(checked) == len(lexicon.data_files())
    assert problems == []


NEW = {"agent": "code-quality-reviewer", "weight": 5, "phrases": ["zeppelin"]}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda data: data["skills"].pop("remember"), "unknown-skill"),
        (lambda data: data["skills"].update({"pgvector-search": {"built": False}}), "built-wrong"),
        (lambda data: data["skills"].pop("pgvector-search"), "unlisted-skill"),
        (lambda data: data["lexicon"][0].update(agent="gardener"), "unknown-agent"),
        (lambda data: data["symptoms"][0].update(first="@absent"), "unknown-class"),
        (lambda data: data["lexicon"][0]["phrases"].append(data["lexicon"][0]["phrases"][0]), "duplicate-phrase"),
        (lambda data: data["lexicon"][0]["phrases"].append("Postgres"), "duplicate-phrase"),
        (lambda data: data["lexicon"][1]["phrases"].append("postgresql"), "shadowed-phrase"),
        (lambda data: data["lexicon"][0]["phrases"].append("word ..."), "bad-phrase"),
        (lambda data: data["ownership"][0].update(owner="gardener"), "unknown-agent"),
        (lambda data: data["lexicon"][0].update(skills=["absent"]), "unknown-skill"),
        (lambda data: data["lexicon"].insert(0, NEW), "no-example"),
        (lambda data: data["lexicon"].insert(0, {**NEW, "phrases": ["slow query"]}), "wrong-route"),
    ],
)
def test_a_fault_in_the_lexicon_is_found(monkeypatch, change, code):
    data = lexicon.read_data()
    change(data)
    monkeypatch.setattr(lexicon, "read_data", lambda: data)
    assert code in {problem.code for problem in lint(paths.root())[1]}
