"""A script that lays out a case is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestrator.plugin.record import Check, Fault
from orchestrator.plugin.sample import case

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.documents import DataFile
    from orchestrator.plugin.surroundings import Surroundings


def find(document: DataFile, around: Surroundings) -> Iterator[Fault]:  # noqa: ARG001
    context = document.mapping.get("context")
    script = context.get("scaffold_script") if isinstance(context, dict) else None
    if isinstance(script, str) and not (document.path.parent / script).is_file():
        yield Fault(message=f"{script} does not exist beside the case", pointer=("context", "scaffold_script"))


CHECK = Check(
    id="scaffold-missing",
    severity="error",
    of=("eval-case",),
    why="the case runs in an empty folder, or not at all",
    mend="write the script beside the case",
    find=find,
    fires_on=(case({"type": "llm", "criteria": "Names it."}, context={"scaffold_script": "scaffold.sh"}),),
    silent_on=(
        case({"type": "llm", "criteria": "Names it."}, context={"scaffold_script": "scaffold.sh"})
        | {"evals/one/scaffold.sh": "touch a\n"},
    ),
)
