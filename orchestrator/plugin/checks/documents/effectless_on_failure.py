"""onFailure on a hook that a model answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestrator.plugin import wiring
from orchestrator.plugin.record import Check, Fault
from orchestrator.plugin.sample import program, wired

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.documents import DataFile
    from orchestrator.plugin.surroundings import Surroundings


def find(document: DataFile, around: Surroundings) -> Iterator[Fault]:  # noqa: ARG001
    for hook in wiring.hooks(document):
        if hook.type in ("prompt", "agent") and "onFailure" in hook.data:
            yield Fault(
                message=f"onFailure has no effect on a hook of type {hook.type}", pointer=(*hook.pointer, "onFailure")
            )


CHECK = Check(
    id="effectless-on-failure",
    severity="warning",
    of=wiring.HOLD_HOOKS,
    why="an answer that cannot be used lets the call run all the same",
    mend="put a guard into a command",
    source="https://code.claude.com/docs/en/hooks#hook-failures",
    find=find,
    fires_on=(wired({"type": "prompt", "prompt": "May it run?", "onFailure": "block"}),),
    silent_on=(
        wired({"type": "prompt", "prompt": "May it run?"}),
        wired(program()),
    ),
)
