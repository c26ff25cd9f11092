"""The store: what is written can be read, nothing is written twice, and nothing that was there is overwritten."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from orchestrator.memory.decision import Alternative, Draft, Evidence
from orchestrator.memory.store import ContextStore, check_writable
from orchestrator.model.errors import CouldNotFindOut, UsageError
from orchestrator.plugin.validation import validate

NOW = datetime(2026, 1, 31, 9, tzinfo=UTC)
HNSW = Draft(
    title="HNSW on chunks.embedding",
    decision="Index chunks.embedding with HNSW",
    agent="database-engineer",
    category="index",
    tables=("chunks",),
    alternatives=(Alternative(option="IVFFlat", why_not="lower recall"),),
    evidence=(Evidence(kind="measured", ref="runs/r-1", statement="recall@10 0.98"),),
)


def nothing(state):
    """A change that changes nothing."""


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def store(tmp_path, clock):
    return ContextStore(tmp_path / "context", clock=clock)


def read(path):
    return json.loads(path.read_text())


def active_ids(store):
    return [each["id"] for each in read(store.active_path)["decisions"]]


def beside(path):
    return sorted(each.name for each in path.parent.glob(f"{path.name}.bad-*"))


def test_a_new_store_has_an_empty_valid_state_and_writes_nothing_when_read(store):
    assert validate(store.read_state(), "state") == []
    assert store.decisions() == ()
    assert not store.root.exists()


def test_an_update_is_saved_with_the_time_of_the_last_activity(store, clock):
    store.update_state(lambda state: state.update(active_agent="database-engineer"))
    clock.now += timedelta(hours=1)
    store.update_state(nothing)
    saved = read(store.state_path)
    assert saved["active_agent"] == "database-engineer"
    assert saved["started_at"] == "2026-01-31T09:00:00Z"
    assert saved["last_activity"] == "2026-01-31T10:00:00Z"
    assert validate(saved, "state") == []


def test_a_change_that_raises_or_breaks_the_shape_leaves_the_file_as_it_was(store):
    store.update_state(nothing)
    before = store.state_path.read_bytes()

    def fails(state):
        state["active_agent"] = "x"
        raise KeyError("x")

    with pytest.raises(KeyError):
        store.update_state(fails)
    with pytest.raises(ValueError, match="tasks_pending"):
        store.update_state(lambda state: state.update(tasks_pending=["text"]))
    assert store.state_path.read_bytes() == before


def test_a_decision_is_a_file_that_satisfies_the_schema_and_stands_in_the_view(store):
    recorded = store.record(HNSW)
    assert (recorded.id, recorded.action) == ("D-0001", "accepted")
    assert recorded.path.name == "D-0001-hnsw-on-chunks-embedding.json"
    assert validate(read(recorded.path), "decision") == []
    assert validate(read(store.active_path), "decisions-active") == []
    assert active_ids(store) == ["D-0001"]
    assert store.decisions()[0].evidence == HNSW.evidence


def test_the_same_decision_is_reaffirmed_and_not_written_again(store):
    first = store.record(HNSW)
    again = store.record(Draft(**{**vars(HNSW), "decision": "index  chunks.embedding with hnsw", "rationale": "other"}))
    assert (again.id, again.action, again.path) == (first.id, "reaffirmed", first.path)
    assert len(store.decisions()) == 1


@pytest.mark.parametrize("other", [{"agent": "reviewer"}, {"category": "schema"}, {"tables": ()}, {"decision": "x"}])
def test_another_agent_category_table_or_decision_is_another_decision(store, other):
    store.record(HNSW)
    assert store.record(Draft(**{**vars(HNSW), **other})).action == "accepted"


def test_a_superseded_decision_leaves_the_view_and_its_file_does_not_change(store):
    old = store.record(HNSW)
    before = old.path.read_bytes()
    new = store.record(Draft(title="halfvec", decision="Use halfvec", supersedes=(old.id,)))
    assert active_ids(store) == [new.id]
    assert [each.status for each in store.decisions()] == ["superseded", "accepted"]
    assert old.path.read_bytes() == before
    assert store.record(HNSW).action == "accepted"


def test_an_expired_decision_is_no_longer_in_force(store, clock):
    store.record(Draft(title="freeze", decision="No releases", expires_at="2026-02-01"))
    assert len(store.active_decisions()) == 1
    clock.now += timedelta(days=1)
    assert store.active_decisions() == ()


def test_accepting_what_was_proposed_supersedes_the_proposal(store):
    proposed = store.record(Draft(title="t", decision="Use halfvec", status="proposed"))
    accepted = store.record(Draft(title="t", decision="Use halfvec"))
    assert (proposed.action, accepted.action) == ("proposed", "accepted")
    assert active_ids(store) == [accepted.id]


@pytest.mark.parametrize(
    ("draft", "message"),
    [
        (Draft(title="t", decision=" "), "needs a title and a text"),
        (Draft(title="t", decision="d", supersedes=("D-0099",)), "there is no such decision"),
        (Draft(title="t", decision="d", expires_at="soon"), "expires_at must be a time"),
        (Draft(title="t", decision="d", status="maybe"), "status must be one of"),
        (Draft(title="t", decision="d", evidence=(Evidence(kind="felt", ref="", statement=""),)), "evidence kind"),
    ],
)
def test_a_draft_that_breaks_the_rules_is_refused_and_nothing_is_written(store, draft, message):
    with pytest.raises(UsageError, match=message):
        store.record(draft)
    assert store.decisions() == ()


@pytest.mark.parametrize("title", ["", "Ünïcode – 決定", "../../etc/passwd", "x" * 500, "\ud800"])
def test_any_title_gives_a_file_name_inside_the_folder(store, title):
    recorded = store.record(Draft(title=title or "-", decision=f"d {title}"))
    assert recorded.path.parent == store.decisions_path
    assert store.decisions()[0].title == (title or "-")


def test_a_number_is_never_given_twice_even_if_its_file_was_set_aside(store):
    store.record(HNSW)
    store.record(Draft(title="two", decision="two")).path.write_text("{ torn")
    store.repair()
    assert store.record(Draft(title="three", decision="three")).id == "D-0003"


NONSENSE = [b"", b"{", b"[]", b"null", b'{"a": NaN}', b"\xff\xfe", b"<<<<<<< HEAD\n{}", b"[" * 100_000]


@pytest.mark.parametrize("nonsense", NONSENSE)
def test_a_state_that_is_not_json_stops_a_reader_and_is_kept_beside_by_a_writer(store, nonsense):
    store.update_state(nothing)
    store.state_path.write_bytes(nonsense)
    with pytest.raises(CouldNotFindOut, match=r"state\.json") as caught:
        store.read_state()
    assert "context repair" in caught.value.hint
    assert store.state_path.read_bytes() == nonsense
    store.update_state(lambda state: state.update(active_agent="a"))
    assert store.state_path.with_name("state.json.bad-1").read_bytes() == nonsense
    assert "state.json.bad-1" in store.notices[0]
    assert store.read_state()["active_agent"] == "a"


def test_each_bad_file_gets_a_name_of_its_own(store):
    for _ in range(3):
        store.update_state(nothing)
        store.state_path.write_text("{")
    store.repair()
    assert beside(store.state_path) == ["state.json.bad-1", "state.json.bad-2", "state.json.bad-3"]


def test_a_state_edited_into_another_shape_is_read_with_a_word_and_its_values_are_kept(store):
    store.update_state(nothing)
    edited = {**read(store.state_path), "tasks_pending": "everything", "note": "mine"}
    store.state_path.write_text(json.dumps(edited))
    assert store.read_state()["legacy"] == {"tasks_pending": "everything", "note": "mine"}
    assert "hand-edited" in store.notices[0]


def test_a_state_of_a_newer_version_is_neither_read_nor_written(store):
    store.update_state(nothing)
    store.state_path.write_text('{"schema_version": 2}')
    for attempt in (store.read_state, store.repair, lambda: store.update_state(nothing)):
        with pytest.raises(CouldNotFindOut, match="schema_version 2"):
            attempt()
    assert store.state_path.read_text() == '{"schema_version": 2}'


def test_a_decision_of_a_newer_version_stays_where_it_is(store):
    path = store.record(HNSW).path
    path.write_text('{"schema_version": 2}')
    store.repair()
    assert path.read_text() == '{"schema_version": 2}'


def test_a_torn_decision_is_passed_over_with_a_word_and_set_aside_by_repair(store):
    path = store.record(HNSW).path
    store.record(Draft(title="two", decision="two"))
    path.write_bytes(path.read_bytes()[:40])
    assert [each.id for each in store.decisions()] == ["D-0002"]
    assert path.name in store.notices[0]
    assert store.repair()
    assert beside(path) == [f"{path.name}.bad-1"]


OLDER_VIEWS = [
    {"decisions": [{"id": "DEC-1", "date": "2026-01-02", "summary": "use HNSW", "rationale": "r", "impact": "high"}]},
    {"decisions": {"database-engineer": {"summary": "use HNSW", "status": "active"}}},
    {"agent_decisions": {"database-engineer": [{"decision": "use HNSW"}]}, "_meta": {"token_budget": 3}},
    {"decisions": ["use HNSW"]},
]


@pytest.mark.parametrize("older", OLDER_VIEWS)
def test_decisions_of_an_older_view_are_read_and_get_files_and_the_view_is_kept(store, older):
    store.decisions_path.mkdir(parents=True)
    store.active_path.write_text(json.dumps(older))
    assert [(each.id, each.decision) for each in store.decisions()] == [("D-0001", "use HNSW")]
    assert not list(store.decisions_path.glob("D-*"))
    assert store.record(Draft(title="two", decision="two")).id == "D-0002"
    assert [each.decision for each in store.active_decisions()] == ["use HNSW", "two"]
    assert read(store.active_path.with_name("active.json.bad-1")) == older
    for path in store.decision_files():
        assert validate(read(path), "decision") == []


def test_what_somebody_added_to_the_view_by_hand_becomes_a_decision(store):
    store.record(HNSW)
    view = read(store.active_path)
    view["decisions"].append({"title": "mine", "decision": "Keep UUID keys"})
    store.active_path.write_text(json.dumps(view))
    store.repair()
    assert [each.title for each in store.decisions()] == [HNSW.title, "mine"]
    assert beside(store.active_path) == ["active.json.bad-1"]


def test_a_decision_whose_file_was_removed_does_not_come_back_from_the_view(store):
    store.record(HNSW).path.unlink()
    store.record(Draft(title="two", decision="two"))
    assert [each.title for each in store.decisions()] == ["two"]
    assert beside(store.active_path) == []


def test_two_branches_with_one_number_are_told_apart_by_repair(store, tmp_path):
    other = ContextStore(tmp_path / "other", clock=lambda: NOW + timedelta(hours=1))
    store.record(HNSW)
    theirs = other.record(Draft(title="theirs", decision="theirs")).path
    theirs.rename(store.decisions_path / theirs.name)
    store.repair()
    assert [(each.id, each.title) for each in store.decisions()] == [("D-0001", HNSW.title), ("D-0002", "theirs")]


def test_repair_of_a_sound_store_changes_nothing(store):
    store.record(HNSW)
    store.update_state(nothing)
    before = {path: path.read_bytes() for path in store.root.rglob("*.json")}
    assert store.repair() == []
    assert {path: path.read_bytes() for path in store.root.rglob("*.json")} == before


def test_git_is_told_to_ignore_the_lock_and_the_index(store):
    store.record(HNSW)
    assert "/.lock" in (store.root / ".gitignore").read_text().splitlines()


def test_the_mode_of_the_file_survives_an_update(store):
    store.update_state(nothing)
    store.state_path.chmod(0o600)
    store.update_state(nothing)
    assert store.state_path.stat().st_mode & 0o777 == 0o600


def test_a_state_file_that_is_a_link_stays_a_link(store, tmp_path):
    store.state_path.parent.mkdir(parents=True)
    store.state_path.symlink_to(tmp_path / "elsewhere.json")
    store.update_state(lambda state: state.update(active_agent="a"))
    assert store.state_path.is_symlink()
    assert read(tmp_path / "elsewhere.json")["active_agent"] == "a"


def test_checking_for_writability_leaves_nothing_behind(tmp_path):
    check_writable(tmp_path / "not" / "there")
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_place_of_the_folder_is_named_in_the_error(tmp_path):
    (tmp_path / "context").write_text("x")
    store = ContextStore(tmp_path / "context")
    for attempt in (lambda: check_writable(store.root), lambda: store.record(HNSW)):
        with pytest.raises(CouldNotFindOut, match="context"):
            attempt()
