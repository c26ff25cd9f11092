"""A server whose command is looked for in the project."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestrator.plugin import wiring
from orchestrator.plugin.record import Check, Fault
from orchestrator.plugin.sample import serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.documents import DataFile
    from orchestrator.plugin.surroundings import Surroundings


def find(document: DataFile, around: Surroundings) -> Iterator[Fault]:
    if around.kind != "plugin":
        return
    for server in wiring.servers(document):
        held = server.data if isinstance(server.data, dict) else {}
        for place in wiring.texts({key: held.get(key) for key in ("command", "args")}, server.pointer):
            text = place.text
            if "/" in text and not text.startswith(("/", "$", "~", "http")) and (around.root / text).is_file():
                yield Fault(message=f"{text} is looked for in the project, not in the plugin", pointer=place.pointer)


CHECK = Check(
    id="relative-server-command",
    severity="error",
    of=("mcp-servers", "plugin"),
    why="a server of a plugin starts in the folder of the project, where the file is not",
    mend="write ${CLAUDE_PLUGIN_ROOT}/ in front of the path",
    source="https://code.claude.com/docs/en/mcp#plugin-provided-mcp-servers",
    find=find,
    fires_on=(
        serving(numbers={"command": "./bin/serve"}) | {"bin/serve": "exit 0\n"},
        serving(numbers={"command": "sh", "args": ["bin/serve"]}) | {"bin/serve": "exit 0\n"},
    ),
    silent_on=(
        serving(numbers={"command": "sh", "args": ["${CLAUDE_PLUGIN_ROOT}/bin/serve"]}) | {"bin/serve": "exit 0\n"},
        serving(numbers={"command": "npx", "args": ["-y", "@scope/numbers"]}),
    ),
)
