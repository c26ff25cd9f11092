"""A name of a marketplace that the client keeps for its makers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestrator.plugin.record import Check, Fault
from orchestrator.plugin.sample import market

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.documents import DataFile
    from orchestrator.plugin.surroundings import Surroundings


_RESERVED = frozenset(
    {
        "agent-skills",
        "anthropic-agent-skills",
        "anthropic-marketplace",
        "anthropic-plugins",
        "claude-code-marketplace",
        "claude-code-plugins",
        "claude-plugins-official",
        "knowledge-work-plugins",
        "life-sciences",
    }
)


def find(document: DataFile, around: Surroundings) -> Iterator[Fault]:  # noqa: ARG001
    name = document.mapping.get("name")
    if isinstance(name, str) and name.lower() in _RESERVED:
        yield Fault(message=f'"{name}" is a name of the makers of the client', pointer=("name",))


CHECK = Check(
    id="reserved-marketplace-name",
    severity="error",
    of=("marketplace",),
    why="the client refuses to add the marketplace",
    mend="name it for who keeps it",
    source="https://code.claude.com/docs/en/plugin-marketplaces#required-fields",
    find=find,
    fires_on=(market({"name": "demo", "source": "./"}, name="claude-plugins-official"),),
    silent_on=(market({"name": "demo", "source": "./"}),),
)
