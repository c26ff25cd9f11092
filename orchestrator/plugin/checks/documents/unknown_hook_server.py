"""A hook that calls a tool of a server by a name that the client does not use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestrator.plugin import wiring
from orchestrator.plugin.record import Check, Fault
from orchestrator.plugin.sample import wired

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.documents import DataFile
    from orchestrator.plugin.surroundings import Surroundings


def find(document: DataFile, around: Surroundings) -> Iterator[Fault]:
    for hook in wiring.hooks(document):
        server = hook.data.get("server")
        if hook.type != "mcp_tool" or not isinstance(server, str):
            continue
        kind, _, rest = server.partition(":")
        plugin, _, name = rest.partition(":")
        if kind != "plugin" or not name:
            fix = f"Write plugin:{around.plugin}:{server.rpartition(':')[2]}."
            yield Fault(message=f'"{server}" names no server of a plugin', pointer=(*hook.pointer, "server"), fix=fix)
        elif plugin == around.plugin and name not in around.own_servers:
            yield Fault(message=f'the plugin starts no server "{name}"', pointer=(*hook.pointer, "server"))


CHECK = Check(
    id="unknown-hook-server",
    severity="error",
    of=("hooks", "plugin"),
    why="no server is found: the call goes through, or is held for good with onFailure",
    mend="write plugin:NAME_OF_PLUGIN:NAME_OF_SERVER",
    source="https://code.claude.com/docs/en/hooks#mcp-tool-hook-fields",
    find=find,
    fires_on=(
        wired({"type": "mcp_tool", "server": "gate", "tool": "judge"}),
        wired({"type": "mcp_tool", "server": "plugin:demo:absent", "tool": "judge"}),
    ),
    silent_on=(
        wired({"type": "mcp_tool", "server": "plugin:demo:gate", "tool": "judge"})
        | {".mcp.json": '{"mcpServers": {"gate": {"command": "gate"}}}'},
        wired({"type": "mcp_tool", "server": "plugin:other:gate", "tool": "judge"}),
    ),
)
