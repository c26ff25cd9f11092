"""Decisions and tasks: the project's context store as tools."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from typing_extensions import TypedDict

from orchestrator.mcp_server.answer import Answer
from orchestrator.mcp_server.setup import Setup
from orchestrator.memory import decision as records
from orchestrator.memory import location
from orchestrator.memory import recall as search
from orchestrator.memory import state as states
from orchestrator.memory.active import first_sentence
from orchestrator.memory.store import ContextStore, Recorded
from orchestrator.model.errors import UsageError
from orchestrator.plugin import definitions

SHOWN = 10


class Alternative(TypedDict):
    """What was not chosen."""

    option: str
    why_not: str


class Evidence(TypedDict):
    """`kind` is proven, measured or inferred; `ref` points at a run, a file or a link."""

    kind: records.Kind
    ref: str
    statement: str


@dataclass(frozen=True, kw_only=True)
class Given:
    """A decision as a caller words it; empty where nothing is said."""

    decision: str
    title: str = ""
    rationale: str = ""
    alternatives: Sequence[Alternative] = ()
    tables: Sequence[str] = ()
    files: Sequence[str] = ()
    category: str = "general"
    evidence: Sequence[Evidence] = ()
    supersedes: Sequence[str] = ()
    agent: str = ""
    run_id: str = ""
    context: str = ""
    source: records.Source = field(default="agent")


def recall(setup: Setup, query: str, limit: int) -> Answer:
    store = setup.store()
    hits = search.recall(store, query, limit)
    rows = [
        {
            "decision": hit.decision.row() | {"status": hit.decision.status},
            "score": round(hit.score, 6),
            "index": hit.index,
        }
        for hit in hits
    ]
    lines = [_shown(hit.decision) for hit in hits] or [f'no decision in force shares a word with "{query}"']
    return Answer(text=_lines(store, lines), data={"schema": "recall", "query": query, "hits": rows})


def _shown(found: records.Decision) -> str:
    tables = f" [{', '.join(found.tables)}]" if found.tables else ""
    parts = [f"{found.id} {found.title}{tables} ({found.agent or 'a person'}, {found.created_at[:10]})"]
    parts += [f"  {found.decision}"] if found.decision != found.title else []
    parts += [f"  because: {found.rationale}"] if found.rationale else []
    return "\n".join(parts)


def remember(setup: Setup, given: Given) -> Answer:
    store = setup.store()
    recorded = record(store, given)
    path = os.path.relpath(recorded.path, setup.project)
    lines = [f"{recorded.id} {recorded.action}: {_title(given)}", f"in {path}"]
    data = {"schema": "remember", "id": recorded.id, "action": recorded.action, "path": path}
    return Answer(text=_lines(store, lines), data=data)


def record(store: ContextStore, given: Given) -> Recorded:
    """Writes the decision, and notes it under the agent's name in the state. Raises UsageError for an unknown agent."""
    draft = _draft(given)
    recorded = store.record(draft)
    if draft.agent is not None:
        at = records.stamp(store.now())
        name, title, run_id = draft.agent, draft.title, draft.run_id

        def note(state: states.State) -> None:
            states.add_agent_decision(state, name, decision_id=recorded.id, summary=title, run_id=run_id, at=at)

        store.update_state(note)
    return recorded


def _draft(given: Given) -> records.Draft:
    agent = known_agent(given.agent)
    if not given.decision.strip():
        raise UsageError("the decision has no text", hint="Say in one sentence what was decided.")
    return records.Draft(
        title=_title(given),
        decision=given.decision.strip(),
        agent=agent.name if agent else None,
        agent_version=agent.version if agent else None,
        agent_sha256=agent.sha256 if agent else None,
        run_id=given.run_id or None,
        category=given.category or "general",
        context=given.context,
        rationale=given.rationale,
        alternatives=tuple(records.Alternative(**each) for each in given.alternatives),
        tables=tuple(given.tables),
        files=tuple(given.files),
        evidence=tuple(records.Evidence(**each) for each in given.evidence),
        supersedes=tuple(given.supersedes),
        source=given.source if agent is None else "agent",
    )


def _title(given: Given) -> str:
    return given.title.strip() or first_sentence(given.decision)


def known_agent(name: str) -> definitions.AgentDefinition | None:
    """The definition of the agent, None for no name. Raises UsageError for a name without one."""
    bare = name.strip().removeprefix("pgwright:")
    return definitions.find(definitions.read_agents(), bare) if bare else None


def note_task(setup: Setup, task: str, status: str, *, blockers: Sequence[str], agent: str) -> Answer:
    if not task.strip():
        raise UsageError("the task has no text")
    if blockers and status == "completed":
        raise UsageError("a completed task has no blockers", hint="Note it as pending, or leave the blockers out.")
    found = known_agent(agent)
    store, name = setup.store(), found.name if found else None
    at = records.stamp(store.now())
    noted: list[str] = []

    def change(state: states.State) -> None:
        if status == "completed":
            same = [each for each in state["tasks_pending"] if each["task"] == task and each["agent"] == name]
            state["tasks_pending"] = [each for each in state["tasks_pending"] if each not in same]
            noted.append(states.add_completed(state, task=task, agent=name, run_id=None, at=at))
        else:
            noted.append(states.add_pending(state, task=task, agent=name, blockers=list(blockers), run_id=None, at=at))

    after = store.update_state(change)
    counts = {key: len(after[key]) for key in ("tasks_pending", "tasks_completed")}
    data = {"schema": "mcp-note-task", "id": noted[0], "status": status, **counts}
    because = f", blocked by {'; '.join(blockers)}" if blockers else ""
    return Answer(text=_lines(store, [f"{noted[0]} {status}: {task}{because}"]), data=data)


def show(setup: Setup) -> Answer:
    place = location.place(setup.project)
    store = ContextStore(place.path)
    state = store.read_state() if store.state_path.exists() else None
    decisions = store.active_decisions()
    path = _relative(place.path, setup.project)
    data: dict[str, Any] = {
        "schema": "context-show",
        "path": path,
        "why": place.why,
        "exists": place.path.is_dir(),
        "state": state,
        "decisions": [each.row() for each in decisions],
    }
    lines = [f"context store: {path} ({place.why})", *_state_lines(state), f"decisions in force: {len(decisions)}"]
    lines += [_shown(each) for each in decisions]
    return Answer(text=_lines(store, lines), data=data)


def _state_lines(state: states.State | None) -> list[str]:
    if state is None:
        return ["session: none saved yet"]
    lines = [f"session {state['session_id']}, last active {state['last_activity']}"]
    for key, word in (("tasks_pending", "pending"), ("tasks_completed", "completed")):
        lines.append(f"tasks {word}: {len(state[key])}")
        for each in state[key][-SHOWN:]:
            blocked = f" (blocked: {'; '.join(each['blockers'])})" if each.get("blockers") else ""
            lines.append(f"  {each['id']} {each['task']}{blocked}")
    return lines


def _relative(path: Path, project: Path) -> str:
    relative = os.path.relpath(path, project)
    return str(path.absolute()) if relative.startswith("..") else relative


def _lines(store: ContextStore, lines: Sequence[str]) -> str:
    return "\n".join([*lines, *(f"note: {notice}" for notice in store.notices)])
