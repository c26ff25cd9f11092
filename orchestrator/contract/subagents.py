"""A subagent of ours from its call to its answer."""

from __future__ import annotations

from orchestrator.contract import answer, briefing, finish, handoff, reply, session, spawn
from orchestrator.contract.definition import Contract
from orchestrator.contract.event import Event
from orchestrator.contract.ledger import Run
from orchestrator.contract.reply import Reply
from orchestrator.memory import state as states
from orchestrator.model.errors import OrchestrateError
from orchestrator.plugin import paths


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
    trouble = ""
    try:
        head = run.begin(contract, session_id=found.session_id, task=spawn.taken(store.root, found))
        session.sign(run)

        def begin(state: states.State) -> None:
            states.put_run(state, finish.noted(head, run, found.project))
            state["active_agent"] = contract.name

        store.update_state(begin)
    except OrchestrateError as error:
        trouble = f"\nThe session state cannot be saved: {error.message}"
        head = run.head() or run.described(contract, session_id=found.session_id, task="")
    return reply.said(found, briefing.for_agent(store, contract, head) + trouble)


def stopped(found: Event) -> Reply | None:
    """The subagent's answer is checked: once it may mend it, then it is recorded as it is."""
    if not reply.is_ours(found):
        return None
    store, run, contract = reply.store(found), reply.run(found), reply.contract(found)
    run.begin(contract, session_id=found.session_id, task="")
    text = found.text("last_assistant_message")
    given = answer.found_in(text)
    faults = answer.faults(given, contract, run, plugin=paths.root(), project=found.project)
    if faults and not found.raw.get("stop_hook_active"):
        return {"decision": "block", "reason": _mend(faults, contract)}
    if faults or given is None:
        run.keep_text(text)
        end = finish.End(
            status="invalid", answer=None, problems=[f"its answer does not hold: {fault}" for fault in faults]
        )
    else:
        end = finish.ended(given)
    finish.close(store, run, contract, end, project=found.project)
    return None


def _mend(faults: list[str], contract: Contract) -> str:
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
