"""The record of one subagent: what it was asked, every tool call as it begins and ends, and what it answered.

`runs/agent-<id>/` in the context store. A line is appended in one write as soon as there is something to say, so that a
kill loses at most the call that was running.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orchestrator.contract import alone, budget, figures, process, proofs, redaction
from orchestrator.contract.budget import Kind
from orchestrator.gate import audit
from orchestrator.memory import files
from orchestrator.model.errors import CouldNotFindOut

if TYPE_CHECKING:
    from orchestrator.contract.definition import Contract

SCHEMA_VERSION = 1
LONGEST_INPUT = 400
_UNLIMITED = {"class": None, "low": None, "high": None, "cap": None}
# Tools whose answers hold nothing that was measured: what stands in a file may have been written by the agent.
_WRITERS = ("Write", "Edit", "MultiEdit", "NotebookEdit")
_READERS = (*_WRITERS, "Read", "Grep", "Glob", "WebFetch", "WebSearch", "Skill")


class Run:
    """`root` is the context store. Where that cannot be written, the record is kept below `data` instead."""

    def __init__(self, root: Path, agent_id: str, data: Path | None) -> None:
        self.run_id = f"agent-{agent_id}"
        self.folder = root / "runs" / self.run_id
        elsewhere = data / "runs" / self.run_id if data else None
        if elsewhere and (elsewhere / "agent.json").exists():
            self.folder = elsewhere
        self._elsewhere = elsewhere

    @property
    def calls(self) -> Path:
        return self.folder / "calls.jsonl"

    def head(self) -> dict[str, Any]:
        """agent.json, {} where there is none that can be read."""
        try:
            return files.read_object(self.folder / "agent.json") or {}
        except (files.UnreadableError, CouldNotFindOut):
            return {}

    def running(self) -> dict[str, Any]:
        """agent.json of a run that has begun and not ended, else {}."""
        head = self.head()
        return head if head.get("status") == "running" else {}

    @property
    def is_elsewhere(self) -> bool:
        """True where the record is not in the store, which could not be written when the run began."""
        return self.folder == self._elsewhere

    def begin(self, contract: Contract, *, session_id: str, task: str) -> dict[str, Any]:
        """Writes agent.json, unless the run has begun already, and returns it.

        A run that had ended begins anew: its calls and figures are counted from here.
        """
        known = self.running()
        if known:
            return known
        try:
            return self._begun(contract, session_id=session_id, task=task)
        except CouldNotFindOut:
            if self._elsewhere is None or self.is_elsewhere:
                raise
            self.folder = self._elsewhere
            return self._begun(contract, session_id=session_id, task=task)

    def _begun(self, contract: Contract, *, session_id: str, task: str) -> dict[str, Any]:
        with files.in_plain_words(self.folder, "write"):
            self.folder.mkdir(parents=True, exist_ok=True)
        with alone.holding(self.folder):
            known = self.head()
            if known.get("status") == "running":
                return known
            head = self.described(contract, session_id=session_id, task=task or str(known.get("task", "")))
            process.sign(self.folder)
            if known:
                self.append({"event": "resumed", "at": _moment()})
            self.save(head)
            return head

    def go_on(self, contract: Contract, *, session_id: str) -> dict[str, Any]:
        """agent.json of a run that makes a call: begun where it is not, and one that counted as broken off lives."""
        with alone.holding(self.folder):
            known = self.head()
            if known.get("status") == "broken-off" and known.get("session_id") == session_id:
                process.sign(self.folder)
                head = known | {"status": "running", "finished_at": None, "calls": None, "held": None, "problems": []}
                self.save(head)
                return head
        return self.begin(contract, session_id=session_id, task="")

    def described(self, contract: Contract, *, session_id: str, task: str) -> dict[str, Any]:
        return {
            "schema_version": SCHEMA_VERSION,
            "run_id": self.run_id,
            "agent": contract.name,
            "agent_version": contract.version,
            "agent_sha256": contract.sha256,
            "session_id": session_id,
            "task": task,
            "budget": self.budget_of(task, contract),
            "status": "running",
            "started_at": now(),
            "finished_at": None,
            "calls": None,
            "held": None,
            "problems": [],
        }

    @staticmethod
    def budget_of(task: str, contract: Contract) -> dict[str, Any]:
        kind = budget.kind_of(task, contract.kinds)
        return {"class": kind.name, "low": kind.low, "high": kind.high, "cap": kind.cap} if kind else dict(_UNLIMITED)

    def save(self, head: dict[str, Any]) -> None:
        with files.in_plain_words(self.folder, "write"):
            self.folder.mkdir(parents=True, exist_ok=True)
        files.replace(self.folder / "agent.json", head)

    def keep_text(self, text: str) -> None:
        """An answer that does not hold, so that nothing is lost."""
        kept = redaction.without(text)
        files.replace_bytes(self.folder / "answer.txt", kept.encode("utf-8", "surrogatepass"))

    def append(self, line: dict[str, Any]) -> None:
        """One line in one write; a line that a kill has torn is left alone."""
        with files.in_plain_words(self.calls, "write"):
            self.folder.mkdir(parents=True, exist_ok=True)
            flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
            handle = os.open(self.calls, flags, 0o644)
            try:
                size = os.fstat(handle).st_size
                torn = size > 0 and os.pread(handle, 1, size - 1) != b"\n"
                os.write(handle, (b"\n" if torn else b"") + json.dumps(line).encode() + b"\n")
            finally:
                os.close(handle)

    def events(self) -> Iterator[dict[str, Any]]:
        try:
            content = self.calls.read_bytes()
        except OSError:
            return
        for line in content.splitlines():
            try:
                event = json.loads(line)
            except ValueError:
                continue
            if isinstance(event, dict):
                yield event

    def round(self) -> list[dict[str, Any]]:
        """The events since the run was last begun: an agent that had ended may be given more to do."""
        events = list(self.events())
        begun = max((at for at, each in enumerate(events, start=1) if each.get("event") == "resumed"), default=0)
        return events[begun:]

    def is_resumed(self) -> bool:
        """True for a run that had ended and was given more to do."""
        return any(each.get("event") == "resumed" for each in self.events())

    def number(self, call_id: str) -> int:
        """Which of the counted calls this one is, from 1."""
        ids = [each["id"] for each in self.round() if each.get("event") == "call" and not budget.is_free(each["tool"])]
        return ids.index(call_id) + 1 if call_id in ids else len(ids)

    def counts(self) -> tuple[int, int]:
        """Calls that were begun, and calls that were held."""
        events = self.round()
        held = {each["id"] for each in events if each.get("event") == "held"}
        begun = [each["id"] for each in events if each.get("event") == "call"]
        return sum(each not in held for each in begun), len(held)

    def figures(self) -> frozenset[str]:
        """Every number that a tool answered with."""
        return frozenset(figure for each in self.round() for figure in each.get("figures", ()))

    def is_proven(self, shown: str, revision: str, path: Path | None) -> bool:
        """True if the last proof of this migration found nothing, and its file has not changed since."""
        return proofs.is_clean(self.events(), shown, revision, path)

    def since(self) -> str:
        """The second in which the run began, "" where it is not known. One that goes on began with its first call."""
        first = next((each["at"] for each in self.events() if each.get("at")), "")
        return min((str(each)[:19] for each in (first, self.head().get("started_at")) if each), default="")

    def has_written(self, name: str) -> bool:
        """True if a call wrote a file of this name."""
        calls = (each for each in self.events() if each.get("event") == "call" and each["tool"] in _WRITERS)
        return any(name in each["input"] for each in calls)


def kind(head: dict[str, Any]) -> Kind | None:
    """None where the agent's definition names no budget."""
    held = head["budget"]
    if held["cap"] is None:
        return None
    return Kind(name=held["class"], low=held["low"], high=held["high"], cap=held["cap"], when=())


def now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _moment() -> str:
    return proofs.moment(time.time())


def call_line(call_id: str, tool: str, given: dict[str, Any]) -> dict[str, Any]:
    shown = audit.command(given)[:LONGEST_INPUT]
    return {"event": "call", "id": call_id, "tool": tool, "input": shown, "at": _moment()}


def held_line(call_id: str, tool: str) -> dict[str, Any]:
    return {"event": "held", "id": call_id, "tool": tool, "at": _moment()}


def result_line(
    call_id: str, tool: str, given: dict[str, Any], response: object, *, ok: bool, ms: object
) -> dict[str, Any]:
    """`figures` are the numbers in the answer, without those that the agent itself had put into the call."""
    content = figures.text_of(response).encode("utf-8", "surrogatepass")
    proof = proofs.found_in(tool, given, response)
    return {
        "event": "result",
        "id": call_id,
        "tool": tool,
        "ok": ok,
        "ms": ms if isinstance(ms, int | float) else None,
        "bytes": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "clean": proof.clean if proof else None,
        "proved": proof.subject if proof else None,
        "figures": [] if tool in _READERS else figures.measured(given, response),
        "at": _moment(),
    }
