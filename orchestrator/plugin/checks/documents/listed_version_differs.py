"""A plugin that its marketplace lists with another version."""

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
        version = entry.data.get("version")
        if entry.folder is None or not isinstance(version, str):
            continue
        own = documents.manifest(around.root / entry.folder).get("version")
        if isinstance(own, str) and own != version:
            message = f"listed as {version}, and its plugin.json says {own}"
            yield Fault(message=message, pointer=(*entry.pointer, "version"), fix=f"Write {own}.")


CHECK = Check(
    id="listed-version-differs",
    severity="warning",
    of=("marketplace",),
    why="the version in plugin.json wins: the other one is never used",
    mend="use one version in both files, or leave it out of the marketplace",
    source="https://code.claude.com/docs/en/plugin-marketplaces#version-resolution-and-release-channels",
    find=find,
    fires_on=(market({"name": "demo", "source": "./", "version": "2.0.0"}),),
    silent_on=(
        market({"name": "demo", "source": "./", "version": "1.0.0"}),
        market({"name": "demo", "source": "./"}),
    ),
)
