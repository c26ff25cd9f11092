"""What a subagent was asked to do. The client tells it when the call begins, and not when the subagent starts: it is
noted in between, and the oldest note for the agent is taken.
"""

from __future__ import annotations

import contextlib
from pathlib import Path

from orchestrator.contract.event import Event, ours
from orchestrator.memory import files

LONGEST_TASK = 4_000


def agent_of(event: Event) -> str:
    return ours(str(event.given.get("subagent_type") or ""))


def task_of(event: Event) -> str:
    return str(event.given.get("prompt") or event.given.get("description") or "")[:LONGEST_TASK]


def note(root: Path, event: Event) -> None:
    folder = _folder(root)
    with files.in_plain_words(folder, "write"):
        folder.mkdir(parents=True, exist_ok=True)
    agent = agent_of(event)
    files.replace(folder / f"{event.session_id}.{event.call_id}.json", {"agent": agent, "task": task_of(event)})


def taken(root: Path, event: Event) -> str:
    """The task of the subagent that starts, "" where no call was noted for it."""
    notes = sorted(_folder(root).glob(f"{event.session_id}.*.json"), key=_age)
    for path in notes:
        with contextlib.suppress(files.UnreadableError):
            held = files.read_object(path) or {}
            if held.get("agent") == event.agent and _take(path):
                return str(held.get("task", ""))
    return ""


def _take(path: Path) -> bool:
    """True for the one process that gets the note."""
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    return True


def _age(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except FileNotFoundError:
        return 0


def _folder(root: Path) -> Path:
    return root / ".index" / "spawned"
