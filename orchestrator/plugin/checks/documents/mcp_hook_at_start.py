"""A tool of a server is called before the servers are there."""

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
        if hook.type == "mcp_tool" and hook.group.event in ("SessionStart", "Setup"):
            message = f"{hook.group.event} comes before the servers are reached"
            yield Fault(message=message, pointer=(*hook.pointer, "type"))


CHECK = Check(
    id="mcp-hook-at-start",
    severity="error",
    of=wiring.HOLD_HOOKS,
    why="at SessionStart no server can be reached: the hook fails every time",
    mend="use a command, or another event",
    source="https://code.claude.com/docs/en/hooks#mcp-tool-hook-fields",
    find=find,
    fires_on=(wired({"type": "mcp_tool", "server": "plugin:demo:gate", "tool": "greet"}, event="SessionStart"),),
    silent_on=(
        wired(program(), event="SessionStart"),
        wired({"type": "mcp_tool", "server": "plugin:demo:gate", "tool": "note"}, event="Stop"),
    ),
)
