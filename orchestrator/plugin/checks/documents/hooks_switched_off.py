"""Settings that switch every hook off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestrator.plugin.record import Check, Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.documents import DataFile
    from orchestrator.plugin.surroundings import Surroundings


def find(document: DataFile, around: Surroundings) -> Iterator[Fault]:  # noqa: ARG001
    if document.mapping.get("disableAllHooks") is True:
        yield Fault(message="disableAllHooks switches off the guards of plugins as well", pointer=("disableAllHooks",))


CHECK = Check(
    id="hooks-switched-off",
    severity="warning",
    of=("settings",),
    why="no hook of any plugin runs in this project, its guards included",
    mend="remove disableAllHooks",
    source="https://code.claude.com/docs/en/hooks#disable-or-remove-hooks",
    find=find,
    fires_on=(
        {
            ".claude/settings.json": '{"disableAllHooks": true}',
            ".claude/agents/example.md": "---\nname: example\ndescription: Writes the report.\n---\nWrite.\n",
        },
    ),
    silent_on=({".claude/settings.json": '{"disableAllHooks": false}'},),
)
