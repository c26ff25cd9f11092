"""The session state: its empty form, the changes a run makes to it, and how older shapes are read.

Three older shapes are known: the file as first shipped (no `agent_decisions`, no `runs`), the one with `current_task`
and `decisions_this_session`, and the one that keeps a single object per agent. Whatever this module has no place for is
kept under `legacy`, so that nothing is lost. Standard library only.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from orchestrator.memory.decision import SCHEMA_VERSION, is_version

State = dict[str, Any]
Change = Callable[[State], State | None]

_TEXT = ("session_id", "started_at", "last_activity")
PENDING = "pending"
_HANDOFF_ID = re.compile(r"H-[0-9]{1,9}", re.ASCII)
_ENTRY_KEYS: dict[str, dict[str, type]] = {
    # The value that stands for "not known" is empty where a text, a list or an object is needed, None elsewhere.
    "agent_decisions": {"decision_id": type(None), "summary": str, "run_id": type(None), "at": type(None)},
    "tasks_completed": {
        "id": str,
        "task": str,
        "agent": type(None),
        "run_id": type(None),
        "at": type(None),
    },
    "runs": {
        "run_id": str,
        "task": str,
        "agent": type(None),
        "agent_version": type(None),
        "agent_sha256": type(None),
        "engine": type(None),
        "status": str,
        "started_at": type(None),
        "finished_at": type(None),
        "path": type(None),
    },
    "handoffs": {
        "id": str,
        "from": str,
        "to": str,
        "payload": dict,
        "verdict": str,
        "at": type(None),
        "run_id": type(None),
        "review_run_id": type(None),
    },
}
_ENTRY_KEYS["tasks_pending"] = {**_ENTRY_KEYS["tasks_completed"], "blockers": list}
_LISTS = ("tasks_pending", "tasks_completed", "runs", "handoffs")
_MAIN_TEXT = {
    "agent_decisions": "summary",
    "tasks_pending": "task",
    "tasks_completed": "task",
    "runs": "run_id",
    "handoffs": "id",
}
_OTHER_NAMES = ("summary", "decision", "title", "description", "name", "task", "task_description", "content")


def empty(*, session_id: str, now: str) -> State:
    return {
        "schema_version": SCHEMA_VERSION,
        "session_id": session_id,
        "started_at": now,
        "last_activity": now,
        "active_agent": None,
        "agent_decisions": {},
        "tasks_pending": [],
        "tasks_completed": [],
        "runs": [],
        "handoffs": [],
    }


def add_pending(state: State, *, task: str, agent: str | None, blockers: list[str], run_id: str | None, at: str) -> str:
    """Notes a task that could not be finished, and returns its id. Noting the same run again replaces the note.

    A run that had finished, and was given more to do that it could not finish, is completed no more.
    """
    entry = {"task": task, "agent": agent, "blockers": blockers, "run_id": run_id, "at": at}
    identifier = _put(state, "tasks_pending", entry)
    state["tasks_completed"] = [each for each in state["tasks_completed"] if each["id"] != identifier]
    return identifier


def add_completed(state: State, *, task: str, agent: str | None, run_id: str | None, at: str) -> str:
    """Notes a finished task, and returns its id; what was pending under that id is pending no more."""
    identifier = _put(state, "tasks_completed", {"task": task, "agent": agent, "run_id": run_id, "at": at})
    state["tasks_pending"] = [each for each in state["tasks_pending"] if each["id"] != identifier]
    return identifier


def _put(state: State, key: str, entry: dict[str, Any]) -> str:
    identifier = entry["run_id"] or _free_id(state)
    state[key] = [each for each in state[key] if each["id"] != identifier] + [{"id": identifier, **entry}]
    return str(identifier)


def _free_id(state: State) -> str:
    taken = {each["id"] for key in ("tasks_pending", "tasks_completed") for each in state[key]}
    number = len(taken) + 1
    while f"T-{number}" in taken:
        number += 1
    return f"T-{number}"


def put_run(state: State, run: Mapping[str, Any]) -> None:
    """Adds the run, or changes the keys given here of the run that is already noted under the same `run_id`."""
    known = next((each for each in state["runs"] if each["run_id"] == run["run_id"]), None)
    if known is not None:
        known.update(run)
        return
    absent = {key: "" if kind is str else None for key, kind in _ENTRY_KEYS["runs"].items()}
    state["runs"].append(absent | dict(run))


def add_handoff(
    state: State, *, sender: str, receiver: str, payload: Mapping[str, Any], run_id: str | None, at: str
) -> str:
    """Notes work that waits for another agent, and returns its id. The same work of the same run is noted once."""
    known = [each for each in state["handoffs"] if (each["run_id"], each["to"]) == (run_id, receiver)]
    same = next((each for each in known if each["payload"] == payload), None)
    if same is not None:
        return str(same["id"])
    numbers = [int(each["id"][2:]) for each in state["handoffs"] if _HANDOFF_ID.fullmatch(each["id"])]
    identifier = f"H-{max(numbers, default=0) + 1}"
    entry = {"id": identifier, "from": sender, "to": receiver, "payload": dict(payload), "verdict": PENDING}
    state["handoffs"].append(entry | {"at": at, "run_id": run_id, "review_run_id": None})
    return identifier


def settle_handoff(state: State, identifier: str, *, verdict: str, review_run_id: str | None) -> None:
    """Notes what the receiver says of it."""
    for each in state["handoffs"]:
        if each["id"] == identifier:
            each.update(verdict=verdict, review_run_id=review_run_id)


def waiting_handoffs(state: State, receiver: str | None = None) -> list[dict[str, Any]]:
    """Hand-offs that nobody has answered, oldest first; all, or those for `receiver`."""
    return [each for each in state["handoffs"] if each["verdict"] == PENDING and receiver in (None, each["to"])]


def add_agent_decision(
    state: State, agent: str, *, decision_id: str, summary: str, run_id: str | None, at: str
) -> None:
    """Notes under `agent_decisions.<agent>` that this agent took or reaffirmed a decision; once for a run."""
    noted = state["agent_decisions"].setdefault(agent, [])
    if not any(each["decision_id"] == decision_id and each["run_id"] == run_id for each in noted):
        noted.append({"decision_id": decision_id, "summary": summary, "run_id": run_id, "at": at})


def problems(state: object) -> list[str]:
    """What is wrong with the state, in keys and types only. The full rules are in the JSON Schema."""
    if not isinstance(state, dict):
        return [f"the state must be an object, got {type(state).__name__}"]
    fresh = empty(session_id="", now="")
    found = [f"unknown key {key}" for key in state.keys() - fresh.keys() - {"legacy"}]
    found += [f"{key} is missing or of the wrong type" for key in fresh if not _fits(key, state.get(key))]
    return found or [*_entry_problems(state)]


def _fits(key: str, value: object) -> bool:
    if key == "schema_version":
        return is_version(value)
    if key == "active_agent":
        return isinstance(value, str | None)
    if key in _TEXT:
        return isinstance(value, str)
    return isinstance(value, dict if key == "agent_decisions" else list)


def _entry_problems(state: State) -> Iterator[str]:
    groups = [(key, state[key]) for key in _LISTS]
    groups += [("agent_decisions", entries) for entries in state["agent_decisions"].values()]
    for key, entries in groups:
        if not isinstance(entries, list):
            yield f"{key} must hold lists"
            continue
        for entry in entries:
            if not _is_whole(key, entry):
                yield f"{key} has an entry with missing, unknown or mistyped keys: {json.dumps(entry)[:120]}"


def _is_whole(key: str, entry: object) -> bool:
    kinds = _ENTRY_KEYS[key]
    if not isinstance(entry, dict) or entry.keys() - {"legacy"} != kinds.keys():
        return False
    return isinstance(entry.get("legacy", {}), dict) and all(_is_kind(entry[name], kinds[name]) for name in kinds)


def _is_kind(value: object, kind: type) -> bool:
    if kind is list:
        return isinstance(value, list) and all(isinstance(each, str) for each in value)
    if kind is dict:
        return isinstance(value, dict)
    return isinstance(value, str) or (kind is type(None) and value is None)


def modernised(document: Mapping[str, Any], fresh: State) -> State:
    """The document in today's shape, with `fresh` for what it lacks. A document in today's shape comes back equal."""
    rest = dict(document)
    state = dict(fresh)
    if is_version(document.get("schema_version")):
        del rest["schema_version"]
    for key in (*_TEXT, "active_agent"):
        if isinstance(rest.get(key), str):
            state[key] = rest.pop(key)
        elif rest.get(key, "") is None:
            del rest[key]
    for key in _LISTS:
        state[key] = _taken(rest, key)
    state["agent_decisions"] = _by_agent(rest, state["active_agent"] or "unknown")
    _take_current_task(rest, state)
    legacy = _with_older(rest)
    return state | ({"legacy": legacy} if legacy else {})


def _taken(rest: dict[str, Any], key: str) -> list[dict[str, Any]]:
    if not isinstance(rest.get(key), list):
        return []
    return [_entry(key, raw, number) for number, raw in enumerate(rest.pop(key), start=1)]


def _entry(key: str, raw: object, number: int) -> dict[str, Any]:
    """One list entry with exactly today's keys. What has no place among them goes to the entry's own `legacy`."""
    if _is_whole(key, raw):
        return dict(raw)  # type: ignore[call-overload, no-any-return]
    given = dict(raw) if isinstance(raw, dict) else {_MAIN_TEXT[key]: raw}
    entry: dict[str, Any] = {}
    for name, kind in _ENTRY_KEYS[key].items():
        if name in given and _is_kind(given[name], kind):
            entry[name] = given.pop(name)
        else:
            entry[name] = None if kind is type(None) else kind()
    _name_entry(key, entry, given, number)
    kept = _with_older(given)
    return entry | ({"legacy": kept} if kept else {})


def _with_older(left_over: dict[str, Any]) -> dict[str, Any]:
    """What is left over, together with what an earlier reading had left over."""
    older = left_over.pop("legacy", {})
    if isinstance(older, dict) and not older.keys() & left_over.keys():
        return older | left_over
    return {"legacy": older} | left_over


def _name_entry(key: str, entry: dict[str, Any], given: dict[str, Any], number: int) -> None:
    main = _MAIN_TEXT[key]
    if not entry[main] and main != "run_id":
        entry[main] = next((str(given[name]) for name in _OTHER_NAMES if isinstance(given.get(name), str)), "")
    if entry.get("id") == "":
        entry["id"] = f"T-{number}"


def _by_agent(rest: dict[str, Any], unnamed: str) -> dict[str, list[dict[str, Any]]]:
    """Decisions by agent, from every place where an older shape kept them."""
    found: dict[str, list[dict[str, Any]]] = {}
    for key in ("agent_decisions", "decisions_this_session", "decisions"):
        if isinstance(rest.get(key), list):
            rest[key] = {unnamed: rest[key]}
        if isinstance(rest.get(key), dict):
            for agent, raw in rest.pop(key).items():
                entries = raw if isinstance(raw, list) else [raw]
                found.setdefault(agent, []).extend(_entry("agent_decisions", each, 0) for each in entries)
    return found


def _take_current_task(rest: dict[str, Any], state: State) -> None:
    if rest.get("current_task", "") is None:
        del rest["current_task"]
    if "current_task" in rest:
        number = len(state["tasks_pending"]) + 1
        state["tasks_pending"] = [*state["tasks_pending"], _entry("tasks_pending", rest.pop("current_task"), number)]
