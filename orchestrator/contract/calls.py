"""The tool calls of a subagent: counted, held past the budget, and kept as evidence."""

from __future__ import annotations

from orchestrator.contract import budget, event, ledger, reply
from orchestrator.contract.event import Event
from orchestrator.contract.reply import Reply


def begun(found: Event) -> Reply | None:
    """A call begins: it is counted, and held past the budget."""
    if not reply.is_ours(found):
        return None
    run = reply.run(found)
    head = run.running() or run.begin(reply.contract(found), session_id=found.session_id, task="")
    run.append(ledger.call_line(found.call_id, found.tool, found.given))
    if budget.is_free(found.tool):
        return _signed(found)
    verdict = budget.judge(ledger.kind(head), run.number(found.call_id))
    if verdict.action == "warn":
        return reply.said(found, verdict.text)
    if verdict.action == "pass":
        return None
    run.append(ledger.held_line(found.call_id, found.tool))
    if verdict.action == "end":
        return _ended(found, verdict.text)
    return reply.denied(found, verdict.text)


def _ended(found: Event, text: str) -> Reply:
    """The subagent is stopped: the client ends it without another word from it."""
    from orchestrator.contract import finish

    end = finish.End(status="stopped", answer=None, problems=[text])
    finish.close(reply.store(found), reply.run(found), reply.contract(found), end, project=found.project)
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
