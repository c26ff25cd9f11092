"""The main thread from its start to the end of a turn: what it is told, and what is saved."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from orchestrator.contract import briefing, definition, finish, handoff, reply
from orchestrator.contract.event import Event
from orchestrator.contract.finish import End
from orchestrator.contract.ledger import Run
from orchestrator.contract.reply import Reply
from orchestrator.memory import files
from orchestrator.memory import state as states
from orchestrator.memory.state import State
from orchestrator.memory.store import ContextStore
from orchestrator.model.errors import OrchestrateError
from orchestrator.plugin import paths

KEPT_S = 30 * 24 * 3600
BROKEN_OFF = "the session ended before the agent answered"


def started(found: Event) -> Reply | None:
    """State and decisions for the main thread. Subagents whose client is gone are noted as broken off."""
    forget_old(found)
    store = reply.store(found)
    if store.state_path.exists():
        close_orphans(store, found.project, lambda head: not is_alive(head, store))
    return reply.said(found, briefing.for_session(store))


def stopped(found: Event) -> Reply | None:
    """The main thread wants to end its turn: the state is saved, and a migration goes to its reviewer first."""
    if found.agent_id:
        return None
    store = reply.store(found)
    if not store.state_path.exists():
        return None
    close_orphans(store, found.project, lambda head: _ended_silently(head, found))
    state = store.update_state(seen)
    if found.raw.get("stop_hook_active"):
        return None
    own = run_ids(store, found.session_id)
    orders = [handoff.order(each) for each in states.waiting_handoffs(state, handoff.REVIEWER) if each["run_id"] in own]
    if not orders:
        return None
    return {"decision": "block", "reason": "pgwright: a migration has not been reviewed.\n" + "\n".join(orders)}


def _ended_silently(head: Mapping[str, Any], found: Event) -> bool:
    """True for a subagent of this session that the client no longer has: its end was reported by no hook."""
    tasks = found.raw.get("background_tasks") or []
    running = {f"agent-{task.get('id')}" for task in tasks if isinstance(task, dict)}
    return head["session_id"] == found.session_id and head["run_id"] not in running


def compacted(found: Event) -> Reply | None:
    """The state is saved before the conversation is shortened; it comes back with the next session start."""
    store = reply.store(found)
    if store.state_path.exists():
        store.update_state(seen)
    return None


def mark(found: Event) -> None:
    """Lets the launcher see that this session has agents of ours. Without the mark it leaves the session alone."""
    if found.data and found.session_id:
        with contextlib.suppress(OSError):
            folder = found.data / "contract"
            folder.mkdir(parents=True, exist_ok=True)
            (folder / found.session_id).touch()


def seen(_state: State) -> None:
    """The change that only notes when the state was last in use."""


def forget_old(found: Event) -> None:
    if not found.data:
        return
    with contextlib.suppress(OSError):
        for path in (found.data / "contract").iterdir():
            if path.is_file() and time.time() - path.stat().st_mtime > KEPT_S:
                path.unlink()


def sign(run: Run) -> None:
    """Notes the client's process, so that a later session can tell whether it still lives."""
    pid = os.getppid()
    files.replace(run.folder / "client.json", {"pid": pid, "started": _started(pid)})


def is_alive(head: Mapping[str, Any], store: ContextStore) -> bool:
    folder = store.root / "runs" / str(head["run_id"])
    try:
        client = files.read_object(folder / "client.json") or {}
    except files.UnreadableError:
        return False
    pid = client.get("pid")
    if not isinstance(pid, int) or not _exists(pid):
        return False
    return client.get("started") == _started(pid)


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _started(pid: int) -> str:
    """What tells the process from a later one with the same number; "" where the system does not say."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    return stat.rpartition(")")[2].split()[19]


def close_orphans(store: ContextStore, project: Path, is_orphan: Callable[[Mapping[str, Any]], bool]) -> None:
    """Subagents that count as running and whose end nobody reported go to the pending tasks."""
    for run_id in _running(store):
        run = Run(store.root, run_id.removeprefix("agent-"), None)
        head = run.head()
        if head.get("status") != "running" or not is_orphan(head):
            continue
        with contextlib.suppress(OrchestrateError):  # an agent whose definition is gone stays as it is
            contract = definition.load(str(head["agent"]), paths.root())
            finish.close(
                store, run, contract, End(status="broken-off", answer=None, problems=[BROKEN_OFF]), project=project
            )


def _running(store: ContextStore) -> list[str]:
    runs = store.read_state()["runs"]
    return [each["run_id"] for each in runs if each["status"] == "running" and each["run_id"].startswith("agent-")]


def run_ids(store: ContextStore, session_id: str) -> set[str]:
    """Runs of this session's subagents."""
    runs = [each["run_id"] for each in store.read_state()["runs"] if each["run_id"].startswith("agent-")]
    heads = [Run(store.root, run_id.removeprefix("agent-"), None).head() for run_id in runs]
    return {str(head["run_id"]) for head in heads if head.get("session_id") == session_id}
