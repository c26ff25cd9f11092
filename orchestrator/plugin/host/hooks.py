"""What the client makes of hooks in the header of a project's agent and of a skill.

One hook that guards a tool and cannot be loaded keeps an agent out, or takes a skill's hooks and permissions away. Any
other one is passed over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from orchestrator.plugin import wiring
from orchestrator.plugin.host.prediction import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.host.prediction import Case

GUARDS = frozenset({"PreToolUse", "PermissionRequest"})
_NEEDS = {
    "command": ("command",),
    "prompt": ("prompt",),
    "agent": ("prompt",),
    "http": ("url",),
    "mcp_tool": ("server", "tool"),
}
_FIX = 'Write `- matcher: "Bash"`, and below it `hooks:` with a list of `type: command` and `command:`.'
# Keys that may hold anything.
_FREE = frozenset({"hooks", "metadata", "mcpServers", "lspServers"})
_DEPTH = 3


def refusal(case: Case) -> tuple[str, str]:
    """Why the hooks keep an agent of a project from loading, and what to do; empty if they do not."""
    if any(_holds_guard({key: value}) for key, value in case.keys.items() if key not in _FREE):
        return "PreToolUse or PermissionRequest stands outside hooks", "Move it below `hooks:`."
    why = _refused(case.keys.get("hooks"))
    return (f"hooks: {why}", _FIX) if why else ("", "")


def kept(case: Case, value: Any) -> dict[str, Any] | None:
    """The hooks that are in force. What is passed over is a problem of the case."""
    why = _refused(value)
    if why and case.kind == "skill":
        also = ", and allowed-tools with them" if "allowed-tools" in case.keys else ""
        case.drop("hooks", value, f"{why}; the client drops all of them{also}", _FIX)
        case.dropped += [("allowed-tools", case.keys["allowed-tools"], "hooks cannot be loaded")] if also else []
        case.effective.pop("allowed-tools", None)
    if why or not isinstance(value, dict):
        return None
    lost = {event: fault for event, groups in value.items() if (fault := _fault(event, groups))}
    for event, fault in lost.items():
        case.dropped.append(("hooks", event, fault))
        case.problem("dropped-value", "hooks", f"hooks: {event} is dropped: {fault}", _FIX)
    return {event: groups for event, groups in value.items() if event not in lost}


def _refused(value: Any) -> str:
    if not value:
        return ""
    if not isinstance(value, dict):
        return f"events with lists are needed, not {shown(value)}"
    if _is_group(value):
        return "a matcher stands where an event is needed"
    for event, groups in value.items():
        guards = event in GUARDS or (event not in wiring.known_events() and _holds_guard({event: groups}))
        if guards and (fault := _fault(event, groups)):
            return f"{event}: {fault}"
    return ""


def _is_group(value: dict[str, Any]) -> bool:
    return "matcher" in value or isinstance(value.get("hooks"), list)


def _holds_guard(value: Any, depth: int = _DEPTH) -> bool:
    if isinstance(value, dict):
        inside: list[Any] = list(value.values())
        if any(key in GUARDS and held not in (None, []) for key, held in value.items()):
            return True
    else:
        inside = value if isinstance(value, list) else []
    return depth > 0 and any(_holds_guard(each, depth - 1) for each in inside)


def _fault(event: str, groups: Any) -> str:
    """What is wrong with the hooks of one event; empty for nothing."""
    if event not in wiring.known_events():
        return "the client has no such event"
    if not isinstance(groups, list):
        return "" if groups is None else f"a list is needed, not {shown(groups)}"
    return next((fault for group in groups for fault in _group_faults(group)), "")


def _group_faults(group: Any) -> Iterator[str]:
    if not isinstance(group, dict):
        yield f"{shown(group)} is no matcher with hooks"
    elif not isinstance(group.get("hooks"), list):
        yield "a matcher has no list of hooks"
    else:
        yield from filter(None, map(_entry_fault, group["hooks"]))


def _entry_fault(entry: Any) -> str:
    if not isinstance(entry, dict):
        return f"{shown(entry)} is no hook with a type"
    kind = entry.get("type")
    if not isinstance(kind, str) or kind not in _NEEDS:
        return f"{shown(kind)} is no type of hook" if "type" in entry else "a hook has no type"
    missing = [key for key in _NEEDS[kind] if not isinstance(entry.get(key), str)]
    return f"a hook of type {kind} has no {missing[0]}" if missing else ""
