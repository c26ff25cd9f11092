"""Two agents or two skills are described by the same words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestrator.plugin.definitions import AgentDefinition
from orchestrator.plugin.record import Check, Fault
from orchestrator.plugin.sample import MANIFEST, plain, skill

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.definitions import SkillDefinition
    from orchestrator.plugin.surroundings import Surroundings


def find(found: AgentDefinition | SkillDefinition, around: Surroundings) -> Iterator[Fault]:
    names = around.here.every_agent if isinstance(found, AgentDefinition) else around.here.every_skill
    for other in names:
        if other.path != found.path and other.name != found.name and _words(other) == _words(found) != []:
            message = f"the description is that of {other.document.file}, word for word"
            yield Fault(message=message, pointer=("description",))


def _words(found: AgentDefinition | SkillDefinition) -> list[str]:
    return found.description.lower().split()


CHECK = Check(
    id="same-description",
    severity="warning",
    of=("agent", "skill"),
    why="the model chooses by the description, and between these two it can only guess",
    mend="say in each what the other is not for",
    source="https://code.claude.com/docs/en/sub-agents#understand-automatic-delegation",
    find=find,
    fires_on=(
        MANIFEST
        | {
            "agents/a.md": plain(name="a", description="Writes the report of a month."),
            "agents/b.md": plain(name="b", description="writes the  report of a month."),
        },
        MANIFEST
        | {
            "skills/a/SKILL.md": skill(name="a").replace("as a.", "well."),
            "skills/b/SKILL.md": skill(name="b").replace("as b.", "well."),
        },
    ),
    silent_on=(
        MANIFEST
        | {
            "agents/a.md": plain(name="a", description="Writes the report of a month."),
            "skills/a/SKILL.md": plain(name="a", description="Writes the report of a month."),
        },
        MANIFEST | {"agents/a.md": plain(name="a"), "agents/b.md": plain(name="b")},
    ),
)
