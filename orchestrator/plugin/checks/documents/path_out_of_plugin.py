"""A path that leaves the folder of the plugin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestrator.plugin import documents, wiring
from orchestrator.plugin.record import Check, Fault
from orchestrator.plugin.sample import manifested, market

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.documents import DataFile
    from orchestrator.plugin.problems import Pointer
    from orchestrator.plugin.surroundings import Surroundings


_KEYS = (
    "commands",
    "agents",
    "skills",
    "hooks",
    "mcpServers",
    "lspServers",
    "outputStyles",
    "workflows",
    "types",
    "icon",
)


def find(document: DataFile, around: Surroundings) -> Iterator[Fault]:  # noqa: ARG001
    if document.kind == "marketplace":
        sources = [(entry.data.get("source"), (*entry.pointer, "source")) for entry in documents.entries(document)]
    else:
        sources = [(document.mapping.get(key), (key,)) for key in _KEYS]
    for value, pointer in sources:
        for place in _texts(value, pointer):
            if ".." in place.text.split("/"):
                yield Fault(message=f"{place.text} leaves the plugin", pointer=place.pointer)


def _texts(value: object, pointer: Pointer) -> Iterator[wiring.Place]:
    if isinstance(value, str | list):
        yield from wiring.texts(
            [each for each in value if isinstance(each, str)] if isinstance(value, list) else value, pointer
        )


CHECK = Check(
    id="path-out-of-plugin",
    severity="error",
    of=("plugin", "marketplace"),
    why="the client refuses paths with .. in them: what lies outside is not copied when the plugin is installed",
    mend="move it into the plugin, and begin the path with ./",
    source="https://code.claude.com/docs/en/plugins-reference#path-traversal-limitations",
    find=find,
    fires_on=(
        manifested(commands="./../more"),
        manifested(skills=["./a/../../b"]),
        market({"name": "demo", "source": "./../other"}),
    ),
    silent_on=(
        manifested(),
        market({"name": "demo", "source": "./"}),
    ),
)
