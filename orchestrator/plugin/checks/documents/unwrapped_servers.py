"""Servers without `mcpServers` around them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestrator.plugin.record import Check, Fault
from orchestrator.plugin.sample import manifested, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.documents import DataFile
    from orchestrator.plugin.surroundings import Surroundings


def find(document: DataFile, around: Surroundings) -> Iterator[Fault]:
    if document.mapping and "mcpServers" not in document.mapping:
        severity = "error" if around.kind == "project" else "note"
        yield Fault(message="the servers stand at the top of the file", severity=severity)  # type: ignore[arg-type]


CHECK = Check(
    id="unwrapped-servers",
    severity="note",
    of=("mcp-servers",),
    why="the client reads this form in a plugin; other programs that read .mcp.json do not",
    mend="put the servers into an object under the key mcpServers",
    source="https://code.claude.com/docs/en/mcp#plugin-provided-mcp-servers",
    find=find,
    fires_on=(manifested() | {".mcp.json": '{"numbers": {"command": "numbers"}}'},),
    silent_on=(
        serving(numbers={"command": "numbers"}),
        serving(),
    ),
)
