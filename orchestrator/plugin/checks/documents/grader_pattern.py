"""A grader whose pattern JavaScript does not accept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestrator.plugin import documents, jsregex
from orchestrator.plugin.record import Check, Fault
from orchestrator.plugin.sample import case

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.documents import DataFile
    from orchestrator.plugin.surroundings import Surroundings


def find(document: DataFile, around: Surroundings) -> Iterator[Fault]:  # noqa: ARG001
    for index, grader in enumerate(documents.listed(document, "graders")):
        for key in ("pattern", "input_match"):
            text = grader.get(key) if isinstance(grader, dict) else None
            if isinstance(text, str) and (fault := jsregex.fault(text)):
                message = f"not a regular expression of JavaScript: {fault}"
                yield Fault(message=message, pointer=("graders", index, key))


CHECK = Check(
    id="grader-pattern",
    severity="error",
    of=("eval-case",),
    why="the case fails to load, or the grader never fits",
    mend="write a regular expression of JavaScript; its flags stand in `flags`",
    find=find,
    fires_on=(
        case({"type": "regex", "pattern": "(?i)blocked"}),
        case({"type": "tool_used", "tool": "Bash", "input_match": "DROP ("}),
    ),
    silent_on=(
        case({"type": "regex", "pattern": "blocked", "flags": "i"}),
        case({"type": "regex", "pattern": "(?<!x)a{2}"}),
    ),
)
