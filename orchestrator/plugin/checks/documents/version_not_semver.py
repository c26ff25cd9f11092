"""A version that is not three numbers."""

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


_NUMBER = r"(?:0|[1-9][0-9]*)"
_SEMVER = re.compile(rf"^{_NUMBER}\.{_NUMBER}\.{_NUMBER}(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$")


def find(document: DataFile, around: Surroundings) -> Iterator[Fault]:  # noqa: ARG001
    for pointer, version in _versions(document):
        if isinstance(version, str) and not _SEMVER.match(version):
            yield Fault(message=f'"{version}" is no version by semver', pointer=pointer)


def _versions(document: DataFile) -> Iterator[tuple[Pointer, object]]:
    if document.kind == "plugin":
        yield ("version",), document.mapping.get("version")
        return
    for entry in documents.entries(document):
        yield (*entry.pointer, "version"), entry.data.get("version")


CHECK = Check(
    id="version-not-semver",
    severity="warning",
    of=("plugin", "marketplace"),
    why="which of two versions is the newer one cannot be told",
    mend="write MAJOR.MINOR.PATCH",
    source="https://semver.org",
    find=find,
    fires_on=(
        manifested(version="v1"),
        manifested(version="1.0"),
        market({"name": "demo", "source": "./", "version": "latest"}),
    ),
    silent_on=(
        manifested(version="1.0.0-rc.1+5"),
        market({"name": "demo", "source": "./", "version": "1.0.0"}),
    ),
)
