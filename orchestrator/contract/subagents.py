"""A subagent of ours from its call to its answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from orchestrator.contract import alone, answer, briefing, finish, handoff, reply, session, spawn
from orchestrator.contract.definition import Contract
from orchestrator.contract.event import Event
from orchestrator.contract.ledger import Run
from orchestrator.contract.reply import Reply
from orchestrator.memory import state as states
from orchestrator.memory.store import ContextStore
from orchestrator.model.errors import OrchestrateError
from orchestrator.plugin import paths

# A run that counts as broken off and answers all the same was at work.
_AT_WORK = ("running", "broken-off")


def spawned(found: Event) -> Reply | None:
    """An Agent call begins: its task is noted for the subagent."""
    if spawn.agent_of(found):
        session.mark(found)
        spawn.note(reply.root(found), found)
    return None


def started(found: Event) -> Reply | None:
    """A subagent begins: it gets its budget, and the state and decisions that bear on its task."""
    session.mark(found)
    store, run, contract = reply.store(found), reply.run(found), reply.contract(found)
    task = spawn.taken(store.root, found)
    try:
        head = run.begin(contract, session_id=found.session_id, task=task)
        store.update_state(_noting(head, run, found))
    except OrchestrateError as error:
        return _in_trouble(found, store, run, contract, error, task=task)
    told = briefing.for_agent(store, contract, head)
    _note_handed(store, run, contract, told)
    return reply.said(found, told)


def going_on(found: Event, run: Run) -> dict[str, Any]:
    """agent.json for a subagent that makes a call, though it was not known to be at work."""
    head = run.go_on(reply.contract(found), session_id=found.session_id)
    with suppress(OrchestrateError):  # the call is counted all the same, and its end says what is wrong
        reply.store(found).update_state(_noting(head, run, found))
    return head


def with_own_task(found: Event, run: Run, contract: Contract, head: dict[str, Any]) -> dict[str, Any]:
    """agent.json with the task that the subagent's transcript begins with, and the budget for it.

    That of a run which was given more to do is another one, and stands further down.
    """
    task = spawn.told(found)
    if not task or task == head.get("task") or run.is_resumed():
        return head
    with alone.holding(run.folder):
        mended = run.head() | {"task": task, "budget": run.budget_of(task, contract)}
        run.save(mended)
    return mended


def _noting(head: Mapping[str, Any], run: Run, found: Event) -> states.Change:
    def begin(state: states.State) -> None:
        states.put_run(state, finish.noted(head, run, found.project) | {"finished_at": None})
        state["active_agent"] = head["agent"]

    return begin


def _note_handed(store: ContextStore, run: Run, contract: Contract, told: str) -> None:
    """What it was not told of, it does not settle with its answer."""
    with suppress(OrchestrateError), alone.holding(run.folder):
        handed = briefing.handed_in(told, states.waiting_handoffs(store.read_state(), contract.name))
        head = run.running()
        if handed and head:
            run.save(head | {"handed": handed})


def _in_trouble(
    found: Event, store: ContextStore, run: Run, contract: Contract, error: OrchestrateError, *, task: str
) -> Reply:
    """The agent is told that nothing is saved, and the person once in a session."""
    head = run.head() or run.described(contract, session_id=found.session_id, task=task)
    text = f"The session state cannot be saved: {error.message}"
    said = reply.said(found, f"{briefing.for_agent(store, contract, head)}\n{text}") or {}
    if not session.is_first(found, "unsaved"):
        return said
    where = f" Records of agents are kept in {run.folder.parent}." if run.is_elsewhere else ""
    return said | {"systemMessage": f"pgwright: {text}.{where} {error.hint or error.detail}".strip()}


def stopped(found: Event) -> Reply | None:
    """The subagent's answer is checked: once it may mend it, then it is recorded as it is."""
    if not reply.is_ours(found):
        return None
    store, run, text = reply.store(found), reply.run(found), found.text("last_assistant_message")
    try:
        return _checked(found, store, run, text)
    except Exception as error:
        finish.give_up(store, run, text, error, project=found.project)
        raise


def _checked(found: Event, store: ContextStore, run: Run, text: str) -> Reply | None:
    """What is written down of a run that has ended is replaced only by an answer that holds."""
    contract = reply.contract(found)
    head = run.head() or run.begin(contract, session_id=found.session_id, task="")
    status = head["status"]
    if status == "stopped":
        return None
    with_own_task(found, run, contract, head)
    end = _end(found, run, contract, text)
    if end.status == "invalid":
        if not found.raw.get("stop_hook_active") and status in _AT_WORK:
            return {"decision": "block", "reason": _mend(end.problems, contract)}
        if status not in _AT_WORK:
            return None
    with alone.holding(run.folder):
        if end.answer is None:
            run.keep_text(text)
        finish.close(store, run, contract, _spoken(end), project=found.project)
    return None


def _end(found: Event, run: Run, contract: Contract, text: str) -> finish.End:
    """Its problems are the faults of an answer that does not hold. Where no form is asked for, any answer is done."""
    if not contract.output_schema:
        return finish.End(status="done", answer=None, problems=[])
    judged = answer.judged(text, contract, run, plugin=paths.root(), project=found.project)
    if judged.faults or judged.answer is None:
        return finish.End(status="invalid", answer=None, problems=judged.faults)
    return finish.ended(judged.answer)


def _spoken(end: finish.End) -> finish.End:
    if end.status != "invalid":
        return end
    return replace(end, problems=[f"its answer does not hold: {fault}" for fault in end.problems])


def _mend(faults: Sequence[str], contract: Contract) -> str:
    listed = "\n".join(f"- {fault}" for fault in faults)
    return (
        f"Your answer does not hold by schemas/{contract.output_schema}.schema.json:\n{listed}\n"
        "Answer once more with the whole JSON object, mended, and nothing else. What you do not know is null or an"
        " empty list."
    )


def returned(found: Event) -> Reply | None:
    """The main thread learns what became of the subagent, and what has to follow."""
    if not spawn.agent_of(found):
        return None
    response = found.raw.get("tool_response")
    if found.name == "PostToolUseFailure" or (isinstance(response, dict) and response.get("status") == "completed"):
        spawn.forget(reply.root(found), found)
    agent_id = response.get("agentId") if isinstance(response, dict) else None
    store = reply.store(found)
    if not isinstance(agent_id, str) or not agent_id.isalnum():
        return None
    run = Run(store.root, agent_id, found.data)
    head = run.head()
    if not head or head["status"] == "running":  # in the background, or the hook of its end is still at it
        return None
    lines = [f"pgwright: {head['agent']}, run {run.run_id}: {head['status']}."]
    lines += [f"Problem: {problem}" for problem in head["problems"]]
    state = store.read_state()
    lines += [handoff.order(each) for each in states.waiting_handoffs(state) if each["run_id"] == run.run_id]
    return reply.said(found, "\n".join(lines))
