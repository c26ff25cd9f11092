"""A script that a hook or server starts as a program may not be executed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestrator.plugin import wiring
from orchestrator.plugin.record import Check, Fault
from orchestrator.plugin.sample import program, serving, wired

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.documents import DataFile
    from orchestrator.plugin.problems import Pointer
    from orchestrator.plugin.surroundings import Surroundings


def find(document: DataFile, around: Surroundings) -> Iterator[Fault]:
    for pointer, text in _programs(document):
        for name in list(wiring.files(text))[:1]:
            path = around.root / name
            if path.is_file() and not wiring.is_executable(path):
                yield Fault(message=f"{name} is not executable", pointer=pointer)


def _programs(document: DataFile) -> Iterator[tuple[Pointer, str]]:
    """The first word of each command, where that is a file of the plugin."""
    for hook in wiring.hooks(document):
        if hook.command.lstrip("\"'").startswith(("${CLAUDE_PLUGIN_ROOT}", "$CLAUDE_PLUGIN_ROOT")):
            yield (*hook.pointer, "command"), hook.command
    for server in wiring.servers(document):
        command = server.data.get("command") if isinstance(server.data, dict) else None
        if isinstance(command, str) and command.startswith("${CLAUDE_PLUGIN_ROOT}"):
            yield (*server.pointer, "command"), command


CHECK = Check(
    id="hook-not-executable",
    severity="error",
    of=("hooks", "plugin", "mcp-servers"),
    why="the system refuses to start it: a hook then lets the call run, a server is not there",
    mend="make it executable (chmod +x), or name its interpreter as the command",
    source="https://code.claude.com/docs/en/hooks#reference-scripts-by-path",
    find=find,
    fires_on=(
        wired(program("${CLAUDE_PLUGIN_ROOT}/hooks/look.sh")) | {"hooks/look.sh": "exit 0\n"},
        serving(numbers={"command": "${CLAUDE_PLUGIN_ROOT}/bin/serve"}) | {"bin/serve": "exit 0\n"},
    ),
    silent_on=(
        wired(program("sh", "${CLAUDE_PLUGIN_ROOT}/hooks/look.sh")) | {"hooks/look.sh": "exit 0\n"},
        serving(numbers={"command": "sh", "args": ["${CLAUDE_PLUGIN_ROOT}/bin/serve"]}) | {"bin/serve": "exit 0\n"},
    ),
)
