"""A name that the client keeps for its makers, or that it cannot install."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from orchestrator.plugin import documents
from orchestrator.plugin.record import Check, Fault
from orchestrator.plugin.sample import manifested, market

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.documents import DataFile
    from orchestrator.plugin.problems import Pointer
    from orchestrator.plugin.surroundings import Surroundings


_ITS_OWN = re.compile(
    r"^(?:claude|anthropic|anthropics|claude-code|claude-mods)$|^(?:claude|anthropics?|cc-plugin)-"
    r"|(?=.*official)(?=.*(?:claude|anthropic))",
    re.IGNORECASE,
)


def find(document: DataFile, around: Surroundings) -> Iterator[Fault]:  # noqa: ARG001
    names: list[tuple[Pointer, object]] = [(("name",), document.mapping.get("name"))]
    if document.kind == "marketplace":
        names = [((*entry.pointer, "name"), entry.data.get("name")) for entry in documents.entries(document)]
    for pointer, name in names:
        if not isinstance(name, str):
            continue
        if _ITS_OWN.search(name):
            yield Fault(message=f'"{name}" passes for a plugin of the makers of the client', pointer=pointer)
        elif not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}", name):
            fix = f"Write {_kebab(name)}." if _kebab(name) else "Use small letters, digits and dashes."
            yield Fault(message=f'"{name}" cannot be installed under this name', pointer=pointer, fix=fix)


def _kebab(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


CHECK = Check(
    id="reserved-plugin-name",
    severity="error",
    of=("plugin", "marketplace"),
    why="the client refuses the plugin",
    mend="name it for what it does, in small letters, digits and dashes",
    source="https://code.claude.com/docs/en/plugins-reference#required-fields",
    find=find,
    fires_on=(
        manifested(name="claude-helper"),
        manifested(name="my plugin"),
        market({"name": "a/b", "source": "./"}),
    ),
    silent_on=(
        manifested(name="my-plugin"),
        manifested(name="official-sql"),
    ),
)
