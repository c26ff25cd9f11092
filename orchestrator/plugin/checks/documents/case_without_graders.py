"""An eval case that nothing judges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestrator.plugin.record import Check, Fault
from orchestrator.plugin.sample import case

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.documents import DataFile
    from orchestrator.plugin.surroundings import Surroundings


def find(document: DataFile, around: Surroundings) -> Iterator[Fault]:  # noqa: ARG001
    beside = document.path.parent / "graders"
    if not document.mapping.get("graders") and not any(beside.glob("*.md")) and document.is_complete:
        yield Fault(message="the case has no grader", pointer=("graders",))


CHECK = Check(
    id="case-without-graders",
    severity="error",
    of=("eval-case",),
    why="the case fails to load",
    mend="add a grader",
    find=find,
    fires_on=(case(),),
    silent_on=(
        case({"type": "llm", "criteria": "Names the index."}),
        case() | {"evals/one/graders/held.md": "---\ntype: llm\n---\nNames it.\n"},
    ),
)
