"""What a subagent was asked to do. The client tells it when the call begins, and not when the subagent starts: it is
noted in between. A call that is declined starts nothing, which the client's transcript of the session tells. Calls that
are made at once, and their subagents, reach the hooks in any order: whose task is whose, the subagent's own transcript
tells as soon as there is one.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from orchestrator.contract import redaction
from orchestrator.contract.event import Event, ours
from orchestrator.memory import files

LONGEST_TASK = 4_000
# The end of the transcript that is looked at: the last message of the main thread stands there.
TRANSCRIPT_BYTES = 4_000_000
FIRST_LINE_BYTES = 1_000_000
KEPT_S = 24 * 3600


@dataclass(frozen=True, kw_only=True)
class Note:
    path: Path
    call_id: str
    prompt_id: str
    task: str
    noted_ns: int


def agent_of(event: Event) -> str:
    return ours(str(event.given.get("subagent_type") or ""))


def task_of(event: Event) -> str:
    """As it may be written down."""
    return redaction.without(str(event.given.get("prompt") or event.given.get("description") or ""), LONGEST_TASK)


def note(root: Path, event: Event) -> None:
    folder = _folder(root, event)
    with files.in_plain_words(folder, "write"):
        folder.mkdir(parents=True, exist_ok=True)
    _forget_old(folder)
    call_id = event.call_id or secrets.token_hex(8)
    held = {"agent": agent_of(event), "task": task_of(event), "call_id": call_id, "prompt_id": event.text("prompt_id")}
    files.replace(folder / f"{event.session_id}.{call_id}.json", {**held, "noted_ns": time.time_ns()})


def taken(root: Path, event: Event) -> str:
    """The task of the subagent that starts, "" where no call was noted for it."""
    for each in _in_order(_notes(root, event), event):
        if _take(each.path):
            return each.task
    return ""


def told(event: Event) -> str:
    """The task that the subagent's transcript begins with, as it may be written down; "" where none can be read."""
    path = event.text("agent_transcript_path")
    session = event.text("transcript_path")
    if not path and session.endswith(".jsonl"):
        path = f"{session.removesuffix('.jsonl')}/subagents/agent-{event.agent_id}.jsonl"
    try:
        with Path(path).open("rb") as file:
            first = json.loads(file.readline(FIRST_LINE_BYTES))
    except (OSError, ValueError, RecursionError):
        return ""
    is_own = isinstance(first, dict) and first.get("type") == "user" and first.get("agentId") == event.agent_id
    message = first.get("message") if is_own else None
    content = message.get("content") if isinstance(message, dict) else None
    return redaction.without(content, LONGEST_TASK) if isinstance(content, str) else ""


def forget(root: Path, event: Event) -> None:
    """The call that the event names starts no subagent, or has started and ended it."""
    if event.session_id and event.call_id:
        with contextlib.suppress(OSError):
            (_folder(root, event) / f"{event.session_id}.{event.call_id}.json").unlink(missing_ok=True)


def forget_all(root: Path, event: Event) -> None:
    """Calls of the session that have started nothing when its turn ends never will."""
    with contextlib.suppress(OSError):
        for path in _folder(root, event).glob(f"{event.session_id}.*.json"):
            path.unlink(missing_ok=True)


def _notes(root: Path, event: Event) -> list[Note]:
    found = []
    for path in _folder(root, event).glob(f"{event.session_id}.*.json"):
        with contextlib.suppress(files.UnreadableError):
            held = files.read_object(path) or {}
            if held.get("agent") == event.agent:
                found.append(_note(path, held))
    return sorted(found, key=lambda each: each.noted_ns)


def _note(path: Path, held: dict[str, Any]) -> Note:
    noted = held.get("noted_ns")
    return Note(
        path=path,
        call_id=str(held.get("call_id") or ""),
        prompt_id=str(held.get("prompt_id") or ""),
        task=str(held.get("task") or ""),
        noted_ns=noted if isinstance(noted, int) else 0,
    )


def _in_order(notes: Sequence[Note], event: Event) -> list[Note]:
    """The notes that may be of this subagent, the likeliest first.

    By the transcript, calls without a result as they stand there; without it, those of the newest prompt, oldest first.
    """
    transcript = _end_of(event.text("transcript_path"))
    waiting = [each for each in notes if f'"tool_use_id":"{each.call_id}"'.encode() not in transcript]
    for each in notes:
        if each not in waiting:
            _take(each.path)
    named = {each.call_id: transcript.rfind(f'"id":"{each.call_id}"'.encode()) for each in waiting}
    standing = [each for each in waiting if named[each.call_id] >= 0]
    if standing:
        return sorted(standing, key=lambda each: named[each.call_id])
    return [each for each in waiting if each.prompt_id == waiting[-1].prompt_id]


def _end_of(transcript: str) -> bytes:
    """b"" where there is none that can be read."""
    try:
        handle = (
            os.open(transcript, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC) if transcript.endswith(".jsonl") else -1
        )
        if handle < 0:
            return b""
        with os.fdopen(handle, "rb") as file:
            size = os.fstat(handle).st_size
            file.seek(max(0, size - TRANSCRIPT_BYTES))
            return file.read(TRANSCRIPT_BYTES)
    except (OSError, ValueError):
        return b""


def _take(path: Path) -> bool:
    """True for the one process that gets the note."""
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    return True


def _forget_old(folder: Path) -> None:
    with contextlib.suppress(OSError):
        for path in folder.glob("*.json"):
            if time.time() - path.stat().st_mtime > KEPT_S:
                path.unlink(missing_ok=True)


def _folder(root: Path, event: Event) -> Path:
    """The plugin's own folder: what is below the project's, an agent may write and git may carry elsewhere."""
    return event.data / "contract" / "spawned" if event.data else root / ".index" / "spawned"
