"""Which kind of work a task is, and what its budget says to the next tool call."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

# Held calls after which the subagent is ended: it was told each time to hand over what it has.
GRACE = 3
# What an agent leaves behind is not rationed.
FREE = ("remember", "add_memory", "note_task", "StructuredOutput")


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of work and its tool calls: the usual range and the number past which calls are held.

    `when` are words of a task that make it this kind of work.
    """

    name: str
    low: int
    high: int
    cap: int
    when: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Verdict:
    action: Literal["pass", "warn", "hold", "end"]
    text: str = ""


def kind_of(task: str, kinds: Sequence[Kind]) -> Kind | None:
    """The widest kind of work that the task names, the widest of all where it names none; None without any kind."""
    said = task.casefold()
    named = [kind for kind in kinds if any(re.search(rf"\b{re.escape(word)}", said) for word in kind.when)]
    return max(named or kinds, key=lambda kind: kind.cap, default=None)


def is_free(tool: str) -> bool:
    return tool.rpartition("__")[2] in FREE


def judge(kind: Kind | None, number: int) -> Verdict:
    """What happens to the call of this number, counted from 1. Without a kind of work nothing is limited."""
    if kind is None:
        return Verdict(action="pass")
    if number > kind.cap + GRACE:
        return Verdict(action="end", text=f"budget: {_spoken(kind)} ended with {kind.cap} tool calls")
    if number > kind.cap:
        return Verdict(
            action="hold",
            text=f"budget: all {kind.cap} tool calls of {_spoken(kind)} are used, so this one was not run. "
            "Answer now with what you have, and name under blockers what is left to do.",
        )
    if number == kind.high:
        return Verdict(
            action="warn",
            text=f"budget: this is call {number} of {kind.low} to {kind.high} that {_spoken(kind)} usually takes. "
            f"Finish soon; calls past {kind.cap} are held.",
        )
    return Verdict(action="pass")


def _spoken(kind: Kind) -> str:
    return kind.name.replace("_", " ")
