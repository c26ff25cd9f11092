"""A guard that nobody waits for."""

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
        for key in ("async", "asyncRewake"):
            if hook.group.event in wiring.GUARDING and hook.data.get(key) is True:
                blocks = hook.data.get("onFailure") == "block"
                message = f"{key} lets the call run before the hook has answered"
                yield Fault(message=message, pointer=(*hook.pointer, key), severity="error" if blocks else "warning")


CHECK = Check(
    id="async-guard",
    severity="error",
    of=wiring.HOLD_HOOKS,
    why="a hook that runs in the background cannot hold the call, whatever it answers",
    mend="remove async; a hook that only takes notes belongs to PostToolUse",
    source="https://code.claude.com/docs/en/hooks#run-hooks-in-the-background",
    find=find,
    fires_on=(
        wired(program() | {"async": True}),
        wired({"type": "command", "command": "look", "asyncRewake": True, "onFailure": "continue"}),
    ),
    silent_on=(
        wired(program() | {"async": False}),
        wired(program() | {"async": True}, event="PostToolUse"),
    ),
)
