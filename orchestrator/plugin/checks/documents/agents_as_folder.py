"""A folder where the manifest needs files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestrator.plugin import wiring
from orchestrator.plugin.record import Check, Fault
from orchestrator.plugin.sample import manifested

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.documents import DataFile
    from orchestrator.plugin.surroundings import Surroundings


def find(document: DataFile, around: Surroundings) -> Iterator[Fault]:  # noqa: ARG001
    value = document.mapping.get("agents")
    for place in wiring.texts(value, ("agents",)):
        if not place.text.endswith(".md"):
            yield Fault(message=f"{place.text} is no markdown file", pointer=place.pointer)


CHECK = Check(
    id="agents-as-folder",
    severity="error",
    of=("plugin",),
    why="the client refuses the manifest: `agents` takes markdown files only",
    mend="list the files, or remove the key: the folder agents is read without it",
    source="https://code.claude.com/docs/en/plugins-reference#component-path-fields",
    find=find,
    fires_on=(
        manifested(agents="./agents/")
        | {"agents/a.md": "---\nname: a\ndescription: Writes the report.\n---\nWrite.\n"},
        manifested(agents=["./more"]),
    ),
    silent_on=(
        manifested(agents=["./more/a.md"])
        | {"more/a.md": "---\nname: a\ndescription: Writes the report.\n---\nWrite.\n"},
    ),
)
