"""A manifest that does not say what the plugin is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestrator.plugin.record import Check, Fault
from orchestrator.plugin.sample import MANIFEST, manifested

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.documents import DataFile
    from orchestrator.plugin.surroundings import Surroundings


def find(document: DataFile, around: Surroundings) -> Iterator[Fault]:  # noqa: ARG001
    missing = [key for key in ("version", "description", "author") if key not in document.mapping]
    if missing and document.is_complete:
        yield Fault(message=f"the manifest has no {', no '.join(missing)}")


CHECK = Check(
    id="incomplete-manifest",
    severity="note",
    of=("plugin",),
    why="people see the name only, and without a version they get no updates",
    mend="add the missing keys",
    source="https://code.claude.com/docs/en/plugins-reference#complete-schema",
    find=find,
    fires_on=(MANIFEST,),
    silent_on=(manifested(),),
)
