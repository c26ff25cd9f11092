"""A grader in markdown that the client does not see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestrator.plugin.record import Check, Fault
from orchestrator.plugin.sample import manifested

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.documents import DataFile
    from orchestrator.plugin.surroundings import Surroundings


def find(document: DataFile, around: Surroundings) -> Iterator[Fault]:  # noqa: ARG001
    if document.text.partition("\n")[0].rstrip() != "---" or "\n---" not in document.text:
        yield Fault(message="the file does not begin with a header: the grader is left out")


CHECK = Check(
    id="grader-without-header",
    severity="error",
    of=("grader",),
    why="a grader without a header is left out without a word: the case passes without it",
    mend="begin the file with a header between two lines of ---",
    find=find,
    fires_on=(
        manifested() | {"evals/one/prompt.md": "Look.\n", "evals/one/graders/held.md": "The answer names the index.\n"},
    ),
    silent_on=(manifested() | {"evals/one/graders/held.md": "---\ntype: llm\n---\nThe answer names the index.\n"},),
)
