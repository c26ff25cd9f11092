"""An eval case that passes when the agent does nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestrator.plugin import documents
from orchestrator.plugin.record import Check, Fault
from orchestrator.plugin.sample import case

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.documents import DataFile
    from orchestrator.plugin.surroundings import Surroundings


_NONE_OF_IT = {"regex": "not_contains", "tool_used": 0, "file_exists": False}
_BY = {"regex": "match", "tool_used": "max", "file_exists": "exists"}


def find(document: DataFile, around: Surroundings) -> Iterator[Fault]:  # noqa: ARG001
    graders = [each for each in documents.listed(document, "graders") if isinstance(each, dict)]
    beside = document.path.parent / "graders"
    if graders and all(_is_negative(each) for each in graders) and not any(beside.glob("*.md")):
        yield Fault(message="every grader passes when the agent does nothing", pointer=("graders",))


def _is_negative(grader: dict[str, object]) -> bool:
    kind = str(grader.get("type"))
    return kind in _BY and _BY[kind] in grader and grader[_BY[kind]] == _NONE_OF_IT[kind]


CHECK = Check(
    id="passes-when-idle",
    severity="warning",
    of=("eval-case",),
    why="what must not be there is not there either when nothing happened",
    mend="pair it with a grader that needs an action",
    find=find,
    fires_on=(
        case({"type": "regex", "pattern": "DROP", "match": "not_contains"}),
        case({"type": "tool_used", "tool": "Bash", "max": 0}),
    ),
    silent_on=(
        case(
            {"type": "regex", "pattern": "DROP", "match": "not_contains"},
            {"type": "tool_used", "tool": "Bash", "min": 1},
        ),
        case({"type": "regex", "pattern": "held"}),
    ),
)
