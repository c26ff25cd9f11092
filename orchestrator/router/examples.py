"""Tasks with the agent that is meant for them: what a project has corrected, one JSON object a line."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from orchestrator.router import text

Action = Literal["added", "changed", "unchanged"]
_EDGE = " \t\n.,;:!?¿¡。！？…'\"`"


@dataclass(frozen=True, kw_only=True)
class Example:
    """`agent` is a name or none; `skill` is the one that must come first, if any. `line` is its place in the file."""

    task: str
    agent: str
    skill: str | None = None
    line: int = 0

    def as_json(self) -> dict[str, Any]:
        return {"schema": "routing-example", "task": self.task, "agent": self.agent, "skill": self.skill}


def path(context: Path) -> Path:
    """The file of a context store."""
    return context / "routing" / "examples.jsonl"


def normal(task: str) -> str:
    """What two tasks have in common that differ in case, accents, spaces and the marks at their ends."""
    folded, _ = text.fold(task[: text.MAX_CHARACTERS])
    return re.sub(r"\s+", " ", folded).strip(_EDGE)


def read(context: Path) -> dict[str, Example]:
    """The examples of a context store by their normal form; of two for one task the later holds. A torn line is left
    out.
    """
    try:
        lines = path(context).read_bytes().decode("utf-8", "replace").split("\n")
    except OSError:
        return {}
    found: dict[str, Example] = {}
    for number, line in enumerate(lines, start=1):
        example = _parsed(line, number)
        if example and (key := normal(example.task)):
            found[key] = example
    return found


def _parsed(line: str, number: int) -> Example | None:
    try:
        entry = json.loads(line)
    except ValueError:
        return None
    if not isinstance(entry, dict):
        return None
    task, agent, skill = entry.get("task"), entry.get("agent"), entry.get("skill")
    if not isinstance(task, str) or not isinstance(agent, str):
        return None
    return Example(task=task, agent=agent, skill=skill if isinstance(skill, str) else None, line=number)


def add(context: Path, example: Example) -> tuple[Action, Example]:
    """Appends `example`, unless it is there already; says what that changed, and the example as it now holds."""
    from orchestrator.memory import files

    file = path(context)
    with files.in_plain_words(file, "write"):
        file.parent.mkdir(parents=True, exist_ok=True)
    with files.locked(context / ".lock"):
        held = read(context).get(normal(example.task))
        if held and (held.agent, held.skill) == (example.agent, example.skill):
            return "unchanged", held
        with files.in_plain_words(file, "write"):
            line = _append(file, json.dumps(example.as_json(), ensure_ascii=False))
    added = Example(task=example.task, agent=example.agent, skill=example.skill, line=line)
    return "changed" if held else "added", added


def _append(file: Path, line: str) -> int:
    """Writes the line in one piece after whatever is there, and returns its number."""
    import os

    with file.open("ab+") as stream:
        stream.seek(0)
        before = stream.read()
        torn = b"\n" if before and not before.endswith(b"\n") else b""
        os.write(stream.fileno(), torn + line.encode("utf-8", "replace") + b"\n")
        os.fsync(stream.fileno())
    return before.count(b"\n") + len(torn) + 1
