"""A renamed plugin whose new name is not listed."""

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
    found = document.mapping.get("renames")
    renames = found if isinstance(found, dict) else {}
    names = {entry.data.get("name") for entry in documents.entries(document)}
    for old, new in renames.items():
        if isinstance(new, str) and new not in names and new not in renames:
            yield Fault(message=f'"{old}" became "{new}", which is not listed', pointer=("renames", old))


CHECK = Check(
    id="rename-without-target",
    severity="error",
    of=("marketplace",),
    why="the client refuses the marketplace",
    mend="name a plugin of the list, another renamed one, or null",
    source="https://code.claude.com/docs/en/plugin-marketplaces#plugin-entries",
    find=find,
    fires_on=(market({"name": "demo", "source": "./"}, renames={"old": "absent"}),),
    silent_on=(market({"name": "demo", "source": "./"}, renames={"old": "demo", "older": "old", "gone": None}),),
)
