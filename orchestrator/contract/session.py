"""The main thread from its start to the end of a turn: what it is told, and what is saved."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from orchestrator.contract import alone, briefing, definition, finish, handoff, process, reply, spawn
from orchestrator.contract.event import Event
from orchestrator.contract.finish import End
from orchestrator.contract.ledger import Run, now
from orchestrator.contract.reply import Reply
from orchestrator.memory import files
from orchestrator.memory import state as states
from orchestrator.memory.state import State
from orchestrator.memory.store import ContextStore
from orchestrator.model.errors import OrchestrateError
from orchestrator.plugin import paths

KEPT_S = 30 * 24 * 3600
# A subagent that was not heard of for so long has ended, whatever became of its client.
SILENT_S = 7 * 24 * 3600
UNWRITTEN = "its answer could not be written down; what it said is kept in answer.txt"
BROKEN_OFF = "the session ended before the agent answered"


def started(found: Event) -> Reply | None:
    """State and decisions for the main thread. Subagents whose client is gone are noted as broken off."""
    forget_old(found)
    store = reply.store(found)
    in_doubt: list[State] = []
    if store.state_path.exists():
        close_orphans(store, found, lambda run, _head: _is_over(run))
        close_forgotten(store)
        in_doubt = _in_doubt(store)
    return reply.said(found, briefing.for_session(store, in_doubt))


def stopped(found: Event) -> Reply | None:
    """The main thread wants to end its turn: the state is saved, and a migration goes to its reviewer first."""
    if found.agent_id:
        return None
    store = reply.store(found)
    spawn.forget_all(store.root, found)
    if not store.state_path.exists():
        return None
    close_orphans(store, found, lambda _run, head: _ended_silently(head, found))
    state = store.update_state(seen)
    if found.raw.get("stop_hook_active"):
        return None
    own = run_ids(store, found.session_id)
    orders = [handoff.order(each) for each in states.waiting_handoffs(state, handoff.REVIEWER) if each["run_id"] in own]
    if not orders:
        return None
    return {"decision": "block", "reason": "pgwright: a migration has not been reviewed.\n" + "\n".join(orders)}


def _ended_silently(head: Mapping[str, Any], found: Event) -> bool:
    """True for a subagent of this session that the client no longer has: its end was reported by no hook.

    A client that does not say what it has in the background may have any of them.
    """
    tasks = found.raw.get("background_tasks")
    if not isinstance(tasks, list):
        return False
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


def is_first(found: Event, what: str) -> bool:
    """True the first time in a session, and always where nothing can be noted."""
    if not found.data or not found.session_id:
        return True
    try:
        (found.data / "contract" / f"{found.session_id}.{what}").touch(exist_ok=False)
    except FileExistsError:
        return False
    except OSError:
        return True
    return True


def seen(_state: State) -> None:
    """The change that only notes when the state was last in use."""


def forget_old(found: Event) -> None:
    if not found.data:
        return
    with contextlib.suppress(OSError):
        for path in (found.data / "contract").iterdir():
            if path.is_file() and time.time() - path.stat().st_mtime > KEPT_S:
                path.unlink()


def close_orphans(store: ContextStore, found: Event, is_orphan: Callable[[Run, Mapping[str, Any]], bool]) -> None:
    """Subagents that count as running and whose end nobody reported go to the pending tasks.

    The hook of the end may be at it right now: while it holds the run, the run is left alone.
    """
    for each in _running(store):
        run = _run(store, each)
        if not run.running() or not is_orphan(run, run.head()):
            continue
        # An agent whose definition is gone stays as it is.
        with alone.holding(run.folder) as is_free, contextlib.suppress(OrchestrateError):
            head = run.running()
            if is_free and head:
                contract = definition.load(str(head["agent"]), paths.root())
                finish.close(store, run, contract, _kept_end(run), project=found.project)


def _kept_end(run: Run) -> End:
    """How the run ended: its answer may be there, though there was no way to write down what follows from it."""
    with contextlib.suppress(files.UnreadableError, OrchestrateError):
        answer = files.read_object(run.folder / "output.json") if _is_fresh(run, "output.json") else None
        if answer is not None:
            return finish.ended(answer)
    if _is_fresh(run, "answer.txt"):
        return End(status="invalid", answer=None, problems=[UNWRITTEN])
    return End(status="broken-off", answer=None, problems=[BROKEN_OFF])


def _is_fresh(run: Run, name: str) -> bool:
    """True for a file that was written since the run began: agent.json is written then, and at its end."""
    return _written_ns(run.folder / name) > _written_ns(run.folder / "agent.json")


def _written_ns(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def _is_over(run: Run) -> bool:
    """True if the client of the run is gone, or if nothing was heard of the run for so long that it must be."""
    life = process.life(run.folder)
    return life == "gone" or (life == "unknown" and not _was_heard_of(run))


def _was_heard_of(run: Run) -> bool:
    last = max(_written_ns(run.folder / name) for name in ("agent.json", "calls.jsonl"))
    return time.time() - last / 1e9 < SILENT_S


def close_forgotten(store: ContextStore) -> None:
    """Runs whose record is gone count as running until they can no longer be; then their task is pending."""
    since = datetime.fromtimestamp(time.time() - SILENT_S, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    gone = [each for each in _running(store) if not _run(store, each).head() and (each["started_at"] or "") < since]
    if not gone:
        return
    at = now()

    def close(state: State) -> None:
        for each in gone:
            states.put_run(state, {"run_id": each["run_id"], "status": "broken-off", "finished_at": at})
            kept = {"task": each["task"], "agent": each["agent"], "run_id": each["run_id"]}
            states.add_pending(state, **kept, blockers=[BROKEN_OFF], at=at)
            if state["active_agent"] == each["agent"]:
                state["active_agent"] = None

    store.update_state(close)


def _in_doubt(store: ContextStore) -> list[State]:
    """Runs that count as running, and of which nobody here can tell whether they are."""
    runs = [(each, _run(store, each)) for each in _running(store)]
    return [each for each, run in runs if not run.head() or process.life(run.folder) == "unknown"]


def _run(store: ContextStore, noted: Mapping[str, Any]) -> Run:
    return Run(store.root, str(noted["run_id"]).removeprefix("agent-"), None)


def _running(store: ContextStore) -> list[State]:
    runs = store.read_state()["runs"]
    return [each for each in runs if each["status"] == "running" and each["run_id"].startswith("agent-")]


def run_ids(store: ContextStore, session_id: str) -> set[str]:
    """Runs of this session's subagents."""
    runs = [each["run_id"] for each in store.read_state()["runs"] if each["run_id"].startswith("agent-")]
    heads = [Run(store.root, run_id.removeprefix("agent-"), None).head() for run_id in runs]
    return {str(head["run_id"]) for head in heads if head.get("session_id") == session_id}
