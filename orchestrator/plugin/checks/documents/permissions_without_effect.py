"""Permissions in the settings of a plugin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestrator.plugin.record import Check, Fault
from orchestrator.plugin.sample import manifested

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.documents import DataFile
    from orchestrator.plugin.surroundings import Surroundings


def find(document: DataFile, around: Surroundings) -> Iterator[Fault]:  # noqa: ARG001
    settings = document.mapping.get("settings")
    if isinstance(settings, dict) and "permissions" in settings:
        yield Fault(message="settings.permissions of a plugin has no effect", pointer=("settings", "permissions"))


CHECK = Check(
    id="permissions-without-effect",
    severity="error",
    of=("plugin",),
    why="they have no effect: what they deny is allowed",
    mend="deny it in a hook at PreToolUse",
    source="https://code.claude.com/docs/en/plugins-reference#complete-schema",
    find=find,
    fires_on=(manifested(settings={"permissions": {"deny": ["Bash"]}}),),
    silent_on=(manifested(settings={"theme": "dark"}),),
)
