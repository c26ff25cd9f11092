"""A file that a server is started with is not in the plugin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestrator.plugin import wiring
from orchestrator.plugin.record import Check, Fault
from orchestrator.plugin.sample import manifested, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.documents import DataFile
    from orchestrator.plugin.surroundings import Surroundings


def find(document: DataFile, around: Surroundings) -> Iterator[Fault]:
    for server in wiring.servers(document):
        for place in wiring.texts(server.data, server.pointer):
            for name in wiring.files(place.text):
                if not (around.root / name).exists():
                    yield Fault(message=f"{name} does not exist in the plugin", pointer=place.pointer)


CHECK = Check(
    id="server-file-missing",
    severity="error",
    of=("mcp-servers", "plugin"),
    why="the server does not start, and is not tried again for 15 minutes",
    mend="write the file, or correct the path",
    source="https://code.claude.com/docs/en/mcp#plugin-provided-mcp-servers",
    find=find,
    fires_on=(
        serving(numbers={"command": "sh", "args": ["${CLAUDE_PLUGIN_ROOT}/bin/serve"]}),
        manifested(mcpServers={"numbers": {"command": "${CLAUDE_PLUGIN_ROOT}/bin/serve"}}),
    ),
    silent_on=(
        serving(numbers={"command": "sh", "args": ["${CLAUDE_PLUGIN_ROOT}/bin/serve"]}) | {"bin/serve": "exit 0\n"},
        serving(numbers={"command": "numbers"}),
    ),
)
