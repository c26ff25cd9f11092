"""A plugin in a marketplace whose folder is not there."""

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
        if entry.folder is not None and not (around.root / entry.folder).is_dir():
            yield Fault(message=f"{entry.folder} is no folder of the repository", pointer=(*entry.pointer, "source"))


CHECK = Check(
    id="listed-path-missing",
    severity="error",
    of=("marketplace",),
    why="the plugin cannot be installed, and the client says so only then",
    mend="correct the path: it begins at the top of the repository",
    source="https://code.claude.com/docs/en/plugin-marketplaces#relative-paths",
    find=find,
    fires_on=(market({"name": "demo", "source": "./absent"}),),
    silent_on=(
        market({"name": "demo", "source": "./"}),
        market({"name": "demo", "source": {"source": "github", "repo": "owner/name"}}),
    ),
)
