"""A name that the client keeps for itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestrator.plugin import bundled
from orchestrator.plugin.definitions import AgentDefinition
from orchestrator.plugin.record import Check, Fault
from orchestrator.plugin.sample import MANIFEST, plain, skill

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.definitions import SkillDefinition
    from orchestrator.plugin.surroundings import Surroundings


def find(found: AgentDefinition | SkillDefinition, around: Surroundings) -> Iterator[Fault]:
    if isinstance(found, AgentDefinition):
        if found.name in bundled.AGENTS:
            yield Fault(
                message=f'"{found.name}" is the name of an agent of the client itself',
                pointer=("name",),
                severity="warning" if around.kind == "project" else "note",
            )
    elif found.path.parent.name in bundled.COMMANDS | bundled.SKILLS:
        name = found.path.parent.name
        yield Fault(message=f'"{name}" is a command of the client itself', pointer=("name",), severity="note")


CHECK = Check(
    id="reserved-name",
    severity="warning",
    of=("agent", "skill"),
    why="in a project the agent takes the place of the client's own, which other agents and skills count on",
    mend="choose another name",
    source="https://code.claude.com/docs/en/sub-agents#built-in-subagents",
    find=find,
    fires_on=(
        {".claude/agents/Explore.md": plain(name="Explore")},
        MANIFEST | {"agents/general-purpose.md": plain(name="general-purpose")},
        {".claude/skills/clear/SKILL.md": skill(name="clear")},
    ),
    silent_on=({".claude/agents/explorer.md": plain(name="explorer")}, MANIFEST | {"agents/example.md": plain()}),
)
