"""The hooks beside the gate: each one's script is there, and it takes a harmless event of its kind."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from orchestrator.cli import gate_hook
from orchestrator.cli.doctor_checks import Check, Result, Subject, Trouble, judged, problem, warning
from orchestrator.model.errors import CouldNotFindOut

AGAIN = "Install the plugin again: claude plugin install pgwright@pgwright"
AGENT = {"agent_id": "doctor", "agent_type": "pgwright:database-engineer"}
TOOL = {"tool_name": "Read", "tool_input": {"file_path": "README.md"}, "tool_use_id": "toolu_test"}
END = {"stop_hook_active": True, "last_assistant_message": "", "background_tasks": [], "session_crons": []}
EVENTS: dict[str, dict[str, Any]] = {
    "SessionStart": {"source": "startup"},
    "SubagentStart": AGENT,
    "PreToolUse": AGENT | TOOL,
    "PostToolUse": AGENT | TOOL | {"tool_response": {}, "duration_ms": 1},
    "PostToolUseFailure": AGENT | TOOL | {"error": "it was a test", "is_interrupt": False, "duration_ms": 1},
    "PermissionDenied": TOOL | {"reason": "it was a test"},
    "SubagentStop": AGENT | END | {"agent_transcript_path": ""},
    "Stop": END,
    "PreCompact": {"trigger": "manual", "custom_instructions": ""},
    "UserPromptSubmit": {"prompt": "hello"},
    "SessionEnd": {"reason": "other"},
}


def call(subject: Subject) -> Result:  # noqa: ARG001
    plugin = gate_hook.installed()
    wired = gate_hook.wired(plugin)
    troubles: list[Trouble] = []
    tried: list[str] = []
    with tempfile.TemporaryDirectory(prefix="orchestrate-doctor-") as folder:
        for name in ("data", "home", "project"):
            (Path(folder) / name).mkdir()
        for event in sorted(wired, key=_place):
            for handler in (handler for entry in wired[event] for handler in entry["hooks"]):
                if handler.get("type") == "command" and not gate_hook.is_gate(handler):
                    tried.append(event)
                    troubles += _tried(handler, event, plugin, Path(folder) / "project")
    events = ", ".join(dict.fromkeys(tried))
    return judged(
        [f"{len(tried)} beside the gate, for {events}" if tried else "there is none beside the gate"], troubles
    )


def _place(event: str) -> int:
    """In the order in which a session has them."""
    return list(EVENTS).index(event) if event in EVENTS else len(EVENTS)


def _tried(handler: Mapping[str, Any], event: str, plugin: Path, project: Path) -> list[Trouble]:
    if gone := gate_hook.missing(handler, plugin):
        return [problem(f"the hook for {event} is missing: there is no {gone}", AGAIN)]
    try:
        ended = gate_hook.send(handler, event, EVENTS.get(event, {}), plugin=plugin, project=project)
    except CouldNotFindOut as error:
        return [problem(f"the hook for {event}: {error.message}", AGAIN)]
    if ended.status:
        last = (ended.stderr.strip().splitlines() or ["it says nothing"])[-1]
        return [problem(f"the hook for {event} ends with exit status {ended.status}: {last}", AGAIN)]
    return _said(event, ended.stdout.strip())


def _said(event: str, text: str) -> list[Trouble]:
    """A hook that fails in itself lets the work go on, and tells the person."""
    try:
        reply = json.loads(text) if text else {}
    except ValueError:
        return [problem(f"the client cannot read what the hook for {event} says: {text[:80]}", AGAIN)]
    told = reply.get("systemMessage") if isinstance(reply, dict) else None
    if not told:
        return []
    return [warning(f"the hook for {event} says: {told}", f"Do what it says. {AGAIN}")]


CHECK = Check(id="hooks", title="the hooks beside the gate", order=45, deadline_s=120, call=call)
