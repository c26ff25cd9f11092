"""A hook before a tool that does not say what happens when it fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestrator.plugin import wiring
from orchestrator.plugin.record import Check, Fault
from orchestrator.plugin.sample import program, wired

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.documents import DataFile
    from orchestrator.plugin.surroundings import Surroundings


_CAN_BLOCK = ("command", "http", "mcp_tool")


def find(document: DataFile, around: Surroundings) -> Iterator[Fault]:  # noqa: ARG001
    for hook in wiring.hooks(document):
        if hook.group.event == "PreToolUse" and hook.type in _CAN_BLOCK and "onFailure" not in hook.data:
            yield Fault(message="a hook that fails lets the call run: onFailure is not said", pointer=hook.pointer)


CHECK = Check(
    id="fails-open",
    severity="warning",
    of=wiring.HOLD_HOOKS,
    why="a hook that crashes, times out or cannot be started lets the call run",
    mend='write "onFailure": "block" for a guard, or "continue" where a failure may let the call run',
    source="https://code.claude.com/docs/en/hooks#hook-failures",
    find=find,
    fires_on=(
        wired({"type": "command", "command": "look"}),
        wired({"type": "http", "url": "http://127.0.0.1:1/"}),
    ),
    silent_on=(
        wired(program()),
        wired({"type": "command", "command": "look", "onFailure": "continue"}),
        wired({"type": "command", "command": "look"}, event="PostToolUse"),
    ),
)
