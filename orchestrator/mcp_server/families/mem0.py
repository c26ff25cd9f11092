"""The tools of mem0's server, with its names and arguments, over the project's decisions. Nothing is ever deleted."""

from __future__ import annotations

import json
from typing import Annotated, Any

from pydantic import Field

from orchestrator.mcp_server.answer import Answer, Tool, as_text
from orchestrator.mcp_server.remembering import Given, record
from orchestrator.mcp_server.setup import Setup
from orchestrator.memory import recall as search
from orchestrator.memory.decision import Decision
from orchestrator.model.errors import UsageError

WITHDRAWN = "withdrawal"
Filters = dict[str, Any] | None
Text = Annotated[str | None, Field(description="Taken and not used: the decisions of one project are one store.")]
Graph = Annotated[bool | None, Field(description="Taken and not used: there is no graph.")]


def tools(setup: Setup) -> list[Tool]:
    family = Mem0(setup)
    return [
        Tool(call=family.add_memory, title="Add a memory", reads_only=False),
        Tool(call=family.search_memories, title="Search memories"),
        Tool(call=family.get_memories, title="List memories"),
        Tool(call=family.get_memory, title="Read a memory"),
        Tool(call=family.update_memory, title="Replace a memory", reads_only=False),
        Tool(call=family.delete_memory, title="Withdraw a memory", reads_only=False),
    ]


class Mem0:
    def __init__(self, setup: Setup) -> None:
        self.setup = setup

    def add_memory(
        self,
        *,
        text: Annotated[str, Field(description="What to keep, as a sentence.")],
        messages: list[dict[str, Any]] | None = None,
        user_id: Text = None,
        agent_id: Annotated[str | None, Field(description="The agent that decides, if it is one of ours.")] = None,
        app_id: Text = None,
        run_id: str | None = None,
        metadata: Annotated[
            Filters, Field(description="tables and category are used, the rest is kept as text.")
        ] = None,
        enable_graph: Graph = None,  # noqa: ARG002
    ) -> Answer:
        """Keep a decision for later sessions, as remember does. What is kept already is not written twice."""
        given = _given(text, messages, metadata or {}, run_id, [user_id, app_id])
        agent = (agent_id or "").strip().removeprefix("pgwright:")
        recorded = record(self.setup.store(), _with_agent(given, agent))
        event = "NONE" if recorded.action == "reaffirmed" else "ADD"
        return as_text({"results": [{"id": recorded.id, "memory": given.decision, "event": event}]})

    def search_memories(
        self,
        query: str,
        filters: Filters = None,
        limit: Annotated[int | None, Field(ge=1, le=100)] = None,
        enable_graph: Graph = None,  # noqa: ARG002
    ) -> Answer:
        """Find what was kept that shares words with the query, best first. Scores order the results of one search."""
        hits = search.recall(self.setup.store(), query, 1000)
        found = [_memory(hit.decision) | {"score": round(hit.score, 6)} for hit in hits if _fits(hit.decision, filters)]
        return as_text({"results": found[: limit or 10]})

    def get_memories(
        self,
        filters: Filters = None,
        page: Annotated[int, Field(ge=1)] = 1,
        page_size: Annotated[int, Field(ge=1, le=200)] = 50,
        enable_graph: Graph = None,  # noqa: ARG002
    ) -> Answer:
        """List what is kept and in force, newest first, a page at a time."""
        found = [_memory(each) for each in self.setup.store().active_decisions()[::-1] if _fits(each, filters)]
        return as_text({"count": len(found), "results": found[(page - 1) * page_size : page * page_size]})

    def get_memory(self, memory_id: str) -> Answer:
        """Read one memory by its id, also one that is superseded."""
        found = self._known(memory_id)
        return as_text(_memory(found) | {"status": found.status, "rationale": found.rationale})

    def update_memory(self, memory_id: str, text: str) -> Answer:
        """Replace a memory: a new decision supersedes it, and the old one stays readable."""
        old = self._in_force(memory_id)
        given = Given(decision=text, tables=old.tables, category=old.category, supersedes=[old.id], source="user")
        recorded = record(self.setup.store(), _with_agent(given, old.agent or ""))
        said = f"{old.id} is superseded by {recorded.id}; its file stays"
        return as_text({"id": recorded.id, "memory": text, "event": "UPDATE", "previous_id": old.id, "message": said})

    def delete_memory(self, memory_id: str) -> Answer:
        """Withdraw a memory: it is superseded by a note that it no longer holds. No file is deleted."""
        old = self._in_force(memory_id)
        text = f"{old.id} no longer holds: {old.title}"
        given = Given(decision=text, tables=old.tables, category=WITHDRAWN, supersedes=[old.id], source="user")
        recorded = record(self.setup.store(), given)
        said = f"{old.id} is superseded by {recorded.id} and not found any more; its file stays"
        return as_text({"id": old.id, "event": "DELETE", "message": said})

    def _known(self, memory_id: str) -> Decision:
        found = next((each for each in self.setup.store().decisions() if each.id == memory_id.strip()), None)
        if found is None:
            raise UsageError(f'there is no memory "{memory_id}"', hint="Ids look like D-0007: see get_memories.")
        return found

    def _in_force(self, memory_id: str) -> Decision:
        found = self._known(memory_id)
        if found.status in ("superseded", "rejected"):
            raise UsageError(f"{found.id} is {found.status} already")
        return found


def _given(
    text: str,
    messages: list[dict[str, Any]] | None,
    metadata: dict[str, Any],
    run_id: str | None,
    owners: list[str | None],
) -> Given:
    tables = metadata.get("tables", [])
    kept = {key: value for key, value in metadata.items() if key not in ("tables", "category")}
    parts = [json.dumps(kept, ensure_ascii=False, default=str)] if kept else []
    parts += [" ".join(str(each.get("content", "")) for each in messages)] if messages else []
    parts += [f"for {', '.join(filter(None, owners))}"] if any(owners) else []
    return Given(
        decision=text,
        tables=[tables] if isinstance(tables, str) else [str(each) for each in tables],
        category=str(metadata.get("category") or "general"),
        run_id=run_id or "",
        context="; ".join(parts),
        source="user",
    )


def _with_agent(given: Given, agent: str) -> Given:
    """Under the name of one of our agents; other callers may name themselves as they like, and it says so."""
    from dataclasses import replace

    from orchestrator.plugin import definitions

    if not agent:
        return given
    if any(each.name == agent for each in definitions.read_agents()):
        return replace(given, agent=agent)
    return replace(given, context="; ".join(filter(None, [given.context, f"by {agent}"])), source="agent")


def _memory(found: Decision) -> dict[str, Any]:
    metadata = {"title": found.title, "category": found.category, "tables": list(found.tables), "file": found.file}
    return {
        "id": found.id,
        "memory": found.decision,
        "metadata": metadata,
        "agent_id": found.agent,
        "run_id": found.run_id,
        "created_at": found.created_at,
    }


def _fits(found: Decision, filters: Filters) -> bool:
    """The filters on agent_id and run_id; one user's or app's memories are not kept apart."""
    if found.category == WITHDRAWN:
        return False
    wanted = _flat(filters or {})
    return all(
        value in (None, "*", "", getattr(found, key)) for name, value in wanted for key in [_FIELDS.get(name)] if key
    )


_FIELDS = {"agent_id": "agent", "run_id": "run_id"}


def _flat(filters: Any) -> list[tuple[str, Any]]:
    """The conditions that all have to hold: those at the top, and those under AND."""
    parts = filters if isinstance(filters, list) else [filters]
    found: list[tuple[str, Any]] = []
    for part in parts:
        for key, value in part.items() if isinstance(part, dict) else ():
            found += _flat(value) if key == "AND" else [(key, value)]
    return found
