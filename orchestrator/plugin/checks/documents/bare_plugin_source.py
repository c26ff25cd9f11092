"""A source of a plugin that is neither a path nor an address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestrator.plugin import documents
from orchestrator.plugin.record import Check, Fault
from orchestrator.plugin.sample import market

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.documents import DataFile
    from orchestrator.plugin.surroundings import Surroundings


def find(document: DataFile, around: Surroundings) -> Iterator[Fault]:  # noqa: ARG001
    metadata = document.mapping.get("metadata")
    if isinstance(metadata, dict) and isinstance(metadata.get("pluginRoot"), str):
        return
    for entry in documents.entries(document):
        source = entry.data.get("source")
        if isinstance(source, str) and not source.startswith("./") and ".." not in source.split("/"):
            yield Fault(message=f'"{source}" does not begin with ./', pointer=(*entry.pointer, "source"))


CHECK = Check(
    id="bare-plugin-source",
    severity="error",
    of=("marketplace",),
    why="the client refuses the marketplace",
    mend="write ./ in front of the path, or set metadata.pluginRoot",
    source="https://code.claude.com/docs/en/plugin-marketplaces#relative-paths",
    find=find,
    fires_on=(market({"name": "demo", "source": "plugin"}),),
    silent_on=(
        market({"name": "demo", "source": "./"}),
        market({"name": "demo", "source": "demo"}, metadata={"pluginRoot": "./plugins"})
        | {"plugins/demo/README.md": "Demo"},
    ),
)
