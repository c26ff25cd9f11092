"""A hook at the end of a session that wants more time than it gets."""

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
        timeout = hook.data.get("timeout")
        if hook.group.event == "SessionEnd" and isinstance(timeout, int | float) and timeout > 1.5:
            message = f"a timeout of {timeout:g} s has no effect at SessionEnd"
            yield Fault(message=message, pointer=(*hook.pointer, "timeout"))


CHECK = Check(
    id="session-end-timeout",
    severity="warning",
    of=wiring.HOLD_HOOKS,
    why="SessionEnd hooks are stopped after about 1.5 seconds, whatever their timeout",
    mend="save at Stop or PostToolUse",
    source="https://code.claude.com/docs/en/hooks#sessionend",
    find=find,
    fires_on=(wired(program(timeout=30), event="SessionEnd"),),
    silent_on=(
        wired(program(timeout=1), event="SessionEnd"),
        wired(program(timeout=30), event="Stop"),
    ),
)
