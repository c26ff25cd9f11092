"""The tool calls of a subagent: counted, held past the budget, and kept as evidence."""

from __future__ import annotations

import secrets
from typing import Any

from orchestrator.contract import budget, event, ledger, reply
from orchestrator.contract.event import Event
from orchestrator.contract.ledger import Run
from orchestrator.contract.reply import Reply


def begun(found: Event) -> Reply | None:
    """A call begins: it is counted, and held past the budget."""
    if not reply.is_ours(found):
        return None
    run = reply.run(found)
    head = run.head()
    if head.get("status") == "stopped":  # calls that the client had begun with the one that ended it
        return _denied_for_good(found, "; ".join(head["problems"]))
    return _counted(found, run, head if head.get("status") == "running" else _going_on(found, run))


def _counted(found: Event, run: Run, head: dict[str, Any]) -> Reply | None:
    call_id = found.call_id or secrets.token_hex(8)  # without an id it is counted all the same
    run.append(ledger.call_line(call_id, found.tool, found.given))
    if budget.is_free(found.tool):
        return _signed(found)
    number = run.number(call_id)
    verdict = budget.judge(ledger.kind(_with_own_task(found, run, head) if number == 1 else head), number)
    if verdict.action == "warn":
        return reply.said(found, verdict.text)
    if verdict.action == "pass":
        return None
    run.append(ledger.held_line(call_id, found.tool))
    if verdict.action == "end":
        return _ended(found, verdict.text)
    return reply.denied(found, verdict.text)


def _going_on(found: Event, run: Run) -> dict[str, Any]:
    """A call of a subagent whose start no hook has seen, or that had ended."""
    from orchestrator.contract import subagents

    return subagents.going_on(found, run)


def _with_own_task(found: Event, run: Run, head: dict[str, Any]) -> dict[str, Any]:
    from orchestrator.contract import subagents

    return subagents.with_own_task(found, run, reply.contract(found), head)


def _ended(found: Event, text: str) -> Reply:
    """The subagent is stopped: the client ends it without another word from it."""
    from orchestrator.contract import alone, finish

    end = finish.End(status="stopped", answer=None, problems=[text])
    run = reply.run(found)
    with alone.holding(run.folder):
        finish.close(reply.store(found), run, reply.contract(found), end, project=found.project)
    return _denied_for_good(found, text)


def _denied_for_good(found: Event, text: str) -> Reply:
    return reply.denied(found, text) | {"continue": False, "stopReason": text}


def _signed(found: Event) -> Reply | None:
    """The call of a tool of ours that writes into the context store, with the agent's true name in it."""
    if not found.tool.startswith("mcp__") or event.PLUGIN not in found.tool:
        return None
    key = {"remember": "agent", "note_task": "agent", "add_memory": "agent_id"}.get(found.tool.rpartition("__")[2])
    if key is None or found.given.get(key) == found.agent:
        return None
    changed = {"hookEventName": found.name, "updatedInput": {**found.given, key: found.agent}}
    return {"hookSpecificOutput": changed}


def ended(found: Event) -> Reply | None:
    """A call of a subagent has ended, or the subagent itself has."""
    if reply.is_ours(found):
        is_ok = found.name != "PostToolUseFailure"
        response = found.raw.get("tool_response") if is_ok else found.raw.get("error")
        ms = found.raw.get("duration_ms")
        reply.run(found).append(ledger.result_line(found.call_id, found.tool, found.given, response, ok=is_ok, ms=ms))
    if found.tool in ("Agent", "Task"):
        from orchestrator.contract import subagents

        return subagents.returned(found)
    return None


def declined(found: Event) -> Reply | None:
    """A call was not allowed: if it was to start a subagent, none starts."""
    if found.tool in ("Agent", "Task"):
        from orchestrator.contract import spawn

        spawn.forget(reply.root(found), found)
    return None
