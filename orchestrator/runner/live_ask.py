"""Permission requests, put to the person at the terminal. Where nobody can answer, the answer is no."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from typing import Any, Literal

from orchestrator.gate.redact import redacted
from orchestrator.runner.claude import Request
from orchestrator.runner.live_record import Journal

By = Literal["person", "nobody"]
LONGEST_CALL = 2_000
NOBODY = (
    "Nobody can be asked here, so this was not run. Do not rephrase it or reach the same effect another way: go on "
    "without it, and name what a person has to allow under blockers."
)
NO = "The person said no. Do not rephrase it or reach the same effect another way: go on without it."


class Permissions:
    """`asked` holds every request with its answer, in order."""

    def __init__(self, journal: Journal, say: Callable[[str], None], *, ask: Callable[[str], str] | None) -> None:
        """`ask` shows a question and returns the line typed; None where nobody is there."""
        self.asked: list[dict[str, Any]] = []
        self._journal = journal
        self._say = say
        self._ask = ask

    def __call__(self, request: Request) -> str:
        allowed, by = self._answered(request)
        entry = {
            "tool": request.tool,
            "input": self._journal.clean(request.input),
            "reason": self._journal.text(request.reason),
            "agent_id": request.agent_id,
            "call_id": request.call_id,
            "allowed": allowed,
            "by": by,
        }
        self.asked.append(entry)
        self._journal.write("Permission", entry)
        if allowed:
            return ""
        self._say(f"  denied: {request.tool}: " + ("nobody can be asked here" if by == "nobody" else "you said no"))
        return NOBODY if by == "nobody" else NO

    def _answered(self, request: Request) -> tuple[bool, By]:
        if self._ask is None:
            return False, "nobody"
        typed = self._ask(question(request)).strip().lower()
        return typed in ("y", "yes"), "person"

    def open_questions(self) -> list[str]:
        """What was denied, in words."""
        return [f"{each['tool']}: {shown(each['tool'], each['input'])}" for each in self.asked if not each["allowed"]]


def question(request: Request) -> str:
    """What the person reads. The call is shown whole where it is not very long: it is what is decided about."""
    who = "an agent" if request.agent_id else "the main thread"
    call = shown(request.tool, request.input)
    return f"{who} wants to use {request.tool}:\n  {call}\nreason: {request.reason}\nAllow it once? [y/N] "


def shown(tool: str, given: Mapping[str, Any]) -> str:
    """The call in one text: a command or statement by itself, anything else as JSON."""
    first = next((str(given[key]) for key in ("command", "sql", "file_path") if given.get(key)), "")
    whole = first if tool in ("Bash", "Read") or "sql" in given else json.dumps(given, ensure_ascii=False)
    text = redacted(whole)
    return (
        text
        if len(text) <= LONGEST_CALL
        else f"{text[:LONGEST_CALL]}… and {len(text) - LONGEST_CALL:,} more characters"
    )


def terminal() -> Callable[[str], str] | None:
    """Asks on standard error and reads standard input; None where either is not a terminal."""
    if sys.stdin is None or not sys.stdin.isatty() or not sys.stderr.isatty():
        return None

    def ask(text: str) -> str:
        sys.stderr.write(text if text.isprintable() else "".join(map(_visible, text)))
        sys.stderr.flush()
        return sys.stdin.readline()

    return ask


def _visible(character: str) -> str:
    """A character that a terminal would obey, as an escape: the call comes from a model."""
    return character if character.isprintable() or character == "\n" else f"\\x{ord(character):02x}"
