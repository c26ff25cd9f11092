"""Recall finds the decision that bears on a task, by its words, and never fails for the sake of its index."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta

import pytest

from orchestrator.memory import recall as recall_module
from orchestrator.memory.decision import Draft
from orchestrator.memory.recall import recall
from orchestrator.memory.store import ContextStore

NOW = datetime(2026, 1, 31, 9, tzinfo=UTC)
DECISIONS = {
    "hnsw": Draft(title="HNSW for vectors", decision="Index chunks.embedding with HNSW", tables=("chunks",)),
    "uuid": Draft(title="UUID keys", decision="New tables get uuidv7 primary keys", category="schema"),
    "month": Draft(title="Monthly partitions", decision="Partition by month", tables=("public.order_items",)),
    "pool": Draft(title="Pool of 20", decision="PgBouncer in transaction mode", rationale="naïve pools ran out"),
}
QUESTIONS = [
    ("which index for vector search?", "hnsw"),
    ("embeddings", "hnsw"),
    ("primary key of a new table", "uuid"),
    ("partitioning by months", "month"),
    ("naive pooling", "pool"),
    ('quotes " and OR ( NEAR * pgbouncer', "pool"),
]


@pytest.fixture
def store(tmp_path):
    filled = ContextStore(tmp_path, clock=lambda: NOW)
    for draft in DECISIONS.values():
        filled.record(draft)
    return filled


@pytest.fixture
def without_fts(monkeypatch):
    def refuse(*args, **kwargs):
        raise sqlite3.OperationalError("no such module: fts5")

    monkeypatch.setattr(recall_module.sqlite3, "connect", refuse)


@pytest.mark.parametrize(("question", "expected"), QUESTIONS)
def test_the_best_hit_is_the_decision_that_shares_the_words(store, question, expected):
    best = recall(store, question)[0]
    assert best.decision.title == DECISIONS[expected].title
    assert best.index == "lexical"


def test_a_named_table_outranks_shared_words(store):
    assert recall(store, "uuid keys", tables=["order_items"])[0].decision.title == DECISIONS["month"].title


def test_a_decision_about_a_named_table_is_found_without_a_shared_word(store):
    assert [hit.decision.title for hit in recall(store, "zebra", tables=["public.chunks"])] == ["HNSW for vectors"]


def test_a_question_without_words_of_ours_finds_nothing(store):
    assert recall(store, "zebra crossing") == []
    assert recall(store, "?!") == []


def test_no_more_than_the_limit_is_returned(store):
    assert len(recall(store, "index keys partition pool", limit=2)) == 2


@pytest.mark.parametrize("status", ["proposed", "rejected", "expired", "superseded"])
def test_what_is_not_in_force_is_returned_only_when_asked_for(store, status):
    if status == "expired":
        store.record(Draft(title="zebra", decision="d", expires_at=(NOW - timedelta(days=1)).isoformat()))
    elif status == "superseded":
        old = store.record(Draft(title="zebra", decision="d"))
        store.record(Draft(title="other", decision="o", supersedes=(old.id,)))
    else:
        store.record(Draft(title="zebra", decision="d", status=status))
    assert recall(store, "zebra") == []
    assert [hit.decision.title for hit in recall(store, "zebra", everything=True)] == ["zebra"]


def test_a_new_decision_is_found_at_once(store):
    assert recall(store, "zebra") == []
    store.record(Draft(title="zebra", decision="d"))
    assert recall(store, "zebra")[0].index == "lexical"


def test_an_unchanged_store_is_not_indexed_again(store):
    recall(store, "index")
    before = store.index_path.stat().st_ino
    recall(store, "pool")
    assert store.index_path.stat().st_ino == before


@pytest.mark.parametrize("damage", [b"", b"SQLite format 3\0 and then nonsense", b"x" * 5000])
def test_a_damaged_index_is_built_anew(store, damage):
    recall(store, "index")
    store.index_path.write_bytes(damage)
    assert recall(store, "vector index")[0].index == "lexical"
    assert store.notices == []


def test_without_an_index_the_decisions_are_scanned_and_the_hits_say_so(store, without_fts):
    hits = recall(store, "pgbouncer pool")
    assert [(hit.decision.title, hit.index) for hit in hits] == [("Pool of 20", "scan")]
    assert "fts5" in store.notices[0]


def test_a_scan_ranks_a_named_table_first(store, without_fts):
    assert recall(store, "uuid keys", tables=["order_items"])[0].decision.title == DECISIONS["month"].title


def test_a_folder_where_no_index_can_be_written_does_not_stop_recall(store):
    (store.root / ".index").write_text("a file in the place of the folder")
    assert recall(store, "vectors")[0].index == "scan"
