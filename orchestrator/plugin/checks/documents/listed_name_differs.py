"""A plugin that its marketplace lists under another name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestrator.plugin import documents
from orchestrator.plugin.record import Check, Fault
from orchestrator.plugin.sample import market

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.documents import DataFile
    from orchestrator.plugin.surroundings import Surroundings


def find(document: DataFile, around: Surroundings) -> Iterator[Fault]:
    for entry in documents.entries(document):
        if entry.folder is None:
            continue
        name = documents.manifest(around.root / entry.folder).get("name")
        if isinstance(name, str) and name != entry.data.get("name"):
            message = f'listed as "{entry.data.get("name")}", and its plugin.json says "{name}"'
            yield Fault(message=message, pointer=(*entry.pointer, "name"), fix=f"Write {name}.")


CHECK = Check(
    id="listed-name-differs",
    severity="error",
    of=("marketplace",),
    why="the plugin is installed under one name and calls itself by another: its tools and agents are not found",
    mend="use one name in both files",
    source="https://code.claude.com/docs/en/plugin-marketplaces#plugin-entries",
    find=find,
    fires_on=(market({"name": "other", "source": "./"}),),
    silent_on=(market({"name": "demo", "source": "./"}),),
)
