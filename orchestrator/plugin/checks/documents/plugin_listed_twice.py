"""Two plugins of one name in a marketplace."""

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
    first: dict[object, int] = {}
    for number, entry in enumerate(documents.entries(document), start=1):
        name = entry.data.get("name")
        if isinstance(name, str) and name in first:
            message = f'"{name}" is listed already, as number {first[name]}'
            yield Fault(message=message, pointer=(*entry.pointer, "name"))
        if isinstance(name, str):
            first.setdefault(name, number)


CHECK = Check(
    id="plugin-listed-twice",
    severity="error",
    of=("marketplace",),
    why="the client refuses the marketplace",
    mend="rename one, or remove it",
    source="https://code.claude.com/docs/en/plugin-marketplaces#plugin-entries",
    find=find,
    fires_on=(market({"name": "demo", "source": "./"}, {"name": "demo", "source": "./"}),),
    silent_on=(market({"name": "demo", "source": "./"}),),
)
