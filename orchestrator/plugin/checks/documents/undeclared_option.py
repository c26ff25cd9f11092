"""An option of the plugin that its manifest does not declare."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestrator.plugin import documents, wiring
from orchestrator.plugin.record import Check, Fault
from orchestrator.plugin.sample import program, serving, wired

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.documents import DataFile
    from orchestrator.plugin.problems import Pointer
    from orchestrator.plugin.surroundings import Surroundings


def find(document: DataFile, around: Surroundings) -> Iterator[Fault]:
    declared = documents.manifest(around.root).get("userConfig")
    known = declared if isinstance(declared, dict) else {}
    held = (
        [document.mapping.get(key) for key in ("hooks", "mcpServers")] if document.kind == "plugin" else [document.data]
    )
    starts: list[Pointer] = [("hooks",), ("mcpServers",)] if document.kind == "plugin" else [()]
    for start, value in zip(starts, held, strict=True):
        for place in wiring.texts(value, start):
            for option in wiring.options(place.text):
                if option not in known:
                    yield Fault(message=f'userConfig declares no option "{option}"', pointer=place.pointer)


CHECK = Check(
    id="undeclared-option",
    severity="error",
    of=("hooks", "plugin", "mcp-servers"),
    why="the option never has a value: the hook does not run, the server does not start",
    mend="declare it under userConfig in .claude-plugin/plugin.json",
    source="https://code.claude.com/docs/en/plugins-reference#user-configuration",
    find=find,
    fires_on=(
        wired(program("look", "${user_config.mode}")),
        serving(numbers={"command": "numbers", "env": {"MODE": "${user_config.mode}"}}),
    ),
    silent_on=(
        wired(
            program("look", "${user_config.mode}"),
            userConfig={"mode": {"type": "string", "title": "Mode", "description": "How strict"}},
        ),
    ),
)
