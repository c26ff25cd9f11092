"""The record of one subagent: what it was asked, every tool call as it begins and ends, and what it answered.

`runs/agent-<id>/` in the context store. A line is appended in one write as soon as there is something to say, so that a
kill loses at most the call that was running.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orchestrator.contract import budget
from orchestrator.contract.budget import Kind
from orchestrator.gate import audit
from orchestrator.memory import files
from orchestrator.model.errors import CouldNotFindOut

if TYPE_CHECKING:
    from orchestrator.contract.definition import Contract

SCHEMA_VERSION = 1
LONGEST_INPUT = 400
MOST_FIGURES = 20_000
# With a unit right behind it (12.5ms), after the two points of a plan (0.03..12.5), and with thousands apart (1,234.5).
_NUMBER = re.compile(r"(?<!\w)(?<!\d\.)-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][-+]?\d+)?")
# Tools whose answers hold nothing that was measured.
_READERS = ("Read", "Grep", "Glob", "Write", "Edit", "MultiEdit", "NotebookEdit", "WebFetch", "WebSearch", "Skill")
_PROVERS = ("prove", "tune")


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

    def begin(self, contract: Contract, *, session_id: str, task: str) -> dict[str, Any]:
        """Writes agent.json, unless the run has begun already, and returns it."""
        known = self.running()
        if known:
            return known
        known = self.head()
        head = self.described(contract, session_id=session_id, task=task or str(known.get("task", "")))
        try:
            self.save(head)
        except CouldNotFindOut:
            if self._elsewhere is None:
                raise
            self.folder = self._elsewhere
            self.save(head)
        return head

    def described(self, contract: Contract, *, session_id: str, task: str) -> dict[str, Any]:
        kind = budget.kind_of(task, contract.kinds)
        return {
            "schema_version": SCHEMA_VERSION,
            "run_id": self.run_id,
            "agent": contract.name,
            "agent_version": contract.version,
            "agent_sha256": contract.sha256,
            "session_id": session_id,
            "task": task,
            "budget": {"class": kind.name, "low": kind.low, "high": kind.high, "cap": kind.cap},
            "status": "running",
            "started_at": now(),
            "finished_at": None,
            "calls": None,
            "held": None,
            "problems": [],
        }

    def save(self, head: dict[str, Any]) -> None:
        with files.in_plain_words(self.folder, "write"):
            self.folder.mkdir(parents=True, exist_ok=True)
        files.replace(self.folder / "agent.json", head)

    def keep_text(self, text: str) -> None:
        """An answer that does not hold, so that nothing is lost."""
        files.replace_bytes(self.folder / "answer.txt", text.encode("utf-8", "surrogatepass"))

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

    def number(self, call_id: str) -> int:
        """Which of the counted calls this one is, from 1."""
        ids = [each["id"] for each in self.events() if each.get("event") == "call" and not budget.is_free(each["tool"])]
        return ids.index(call_id) + 1 if call_id in ids else len(ids)

    def counts(self) -> tuple[int, int]:
        """Calls that were begun, and calls that were held."""
        events = list(self.events())
        held = {each["id"] for each in events if each.get("event") == "held"}
        begun = [each["id"] for each in events if each.get("event") == "call"]
        return sum(each not in held for each in begun), len(held)

    def figures(self) -> frozenset[str]:
        """Every number that a tool answered with."""
        return frozenset(figure for each in self.events() for figure in each.get("figures", ()))

    def is_proven(self) -> bool:
        """True if the last proof of a migration found nothing."""
        said = [each["clean"] for each in self.events() if isinstance(each.get("clean"), bool)]
        return bool(said) and said[-1]


def kind(head: dict[str, Any]) -> Kind:
    held = head["budget"]
    return Kind(name=held["class"], low=held["low"], high=held["high"], cap=held["cap"], when=())


def now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _moment() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def call_line(call_id: str, tool: str, given: dict[str, Any]) -> dict[str, Any]:
    shown = audit.command(given)[:LONGEST_INPUT]
    return {"event": "call", "id": call_id, "tool": tool, "input": shown, "at": _moment()}


def held_line(call_id: str, tool: str) -> dict[str, Any]:
    return {"event": "held", "id": call_id, "tool": tool, "at": _moment()}


def result_line(
    call_id: str, tool: str, given: dict[str, Any], response: object, *, ok: bool, ms: object
) -> dict[str, Any]:
    """`figures` are the numbers in the answer, without those that the agent itself had put into the call."""
    text = text_of(response)
    own = _numbers(json.dumps(given, ensure_ascii=False))
    measured = [] if tool in _READERS else sorted(_numbers(text) - own)[:MOST_FIGURES]
    return {
        "event": "result",
        "id": call_id,
        "tool": tool,
        "ok": ok,
        "ms": ms if isinstance(ms, int | float) else None,
        "bytes": len(text.encode("utf-8", "surrogatepass")),
        "sha256": hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        "clean": _clean(text) if tool.rpartition("__")[2] in _PROVERS else None,
        "figures": measured,
        "at": _moment(),
    }


def _numbers(text: str) -> set[str]:
    return {each.replace(",", "") for each in _NUMBER.findall(text)}


def text_of(response: object) -> str:
    """The answer of a tool as text: of an MCP tool, its text blocks."""
    if isinstance(response, str):
        return response
    if isinstance(response, list) and all(isinstance(each, dict) for each in response):
        return "\n".join(str(each.get("text", "")) for each in response)
    return json.dumps(response, ensure_ascii=False)


def _clean(text: str) -> bool | None:
    found = re.findall(r'"clean"\s*:\s*(true|false)', text)
    return found[-1] == "true" if found else None
