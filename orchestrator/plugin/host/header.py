"""What the client loses before it looks at a single key: the header that it does not find, cannot read or repairs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestrator.plugin.host.client import client
from orchestrator.plugin.host.prediction import shown

if TYPE_CHECKING:
    from orchestrator.plugin.host.prediction import Case

_LIMITS = frozenset({"tools", "disallowedTools", "permissionMode", "maxTurns"})
_QUOTE = "Put the value in quotes, or run `orchestrate agents fix`."
_MENDS = {
    "none": "Start the file with `---`, and close the header with `---` on a line of its own.",
    "failed": "Quote the value that breaks the YAML, or run `orchestrate agents fix`.",
}


def judge(case: Case) -> None:
    """Notes what the client's reading of the header lacks, compared with what its author meant."""
    _note_lost_text(case)
    meant = {key: value for key, value in case.document.data.items() if _is_used(case, key)}
    if not case.reading.keys:
        _lost(case, list(meant))
        return
    lost = [key for key in meant if key not in case.reading.keys]
    if lost and _is_cut(case):
        message = f"the client ends the header at the first ---, here in the middle of it: {_listed(lost)} lost"
        case.problem("header-cut", _last_kept(case), _with_limits(case, lost, message), "Write a dash in place of ---.")
        lost = []
    for key in lost:
        case.problem("lost-key", key, f"{key} is lost: the client reads the header without it", _MENDS["failed"])
    for key, value in meant.items():
        found = case.reading.keys.get(key, value)
        if _plain(found) != _plain(value):
            message = f"{key} is {shown(found)} for the client, {shown(value)} is meant"
            case.problem("changed-value", key, message, _QUOTE)


def _note_lost_text(case: Case) -> None:
    """Where the client looks for the end of the header further down, text of the body goes with it."""
    meant, found = case.document.body.strip(), case.reading.body.strip()
    if len(found) < len(meant) and meant.endswith(found):
        count = meant.count("\n") - found.count("\n") + (not found)
        message = f"the client takes the header to end further down: {count} lines of the text are lost"
        case.problem("text-lost", "", message, "Close the header with `---` on a line of its own.")


def _is_used(case: Case, key: str) -> bool:
    known, others = client().keys(case.kind), client().others(case.kind, case.scope)
    return key in others or (key in known and known[key].is_used(case.scope))


def _plain(value: object) -> object:
    return value.strip() if isinstance(value, str) else value


def _is_cut(case: Case) -> bool:
    return len(case.reading.header.strip().split("\n")) < len(case.document.header.strip().split("\n"))


def _last_kept(case: Case) -> str:
    """The key that the header is cut in or behind."""
    kept = [key for key in case.document.data if key in case.reading.keys]
    return kept[-1] if kept else ""


def _listed(keys: list[str]) -> str:
    return f"{', '.join(keys)} {'is' if len(keys) == 1 else 'are'}"


def _with_limits(case: Case, lost: list[str], message: str) -> str:
    is_free = case.kind == "agent" and case.scope == "plugin" and _LIMITS & set(lost)
    return f"{message}, and the agent has every tool" if is_free else message


def _lost(case: Case, keys: list[str]) -> None:
    if not keys:
        return
    state = "none" if case.reading.state == "none" else "failed"
    found = "finds no header" if state == "none" else "cannot read the header"
    message = _with_limits(case, keys, f"the client {found}: {_listed(keys)} lost")
    case.problem("header-lost", keys[0], message, _MENDS[state])
