"""Two skills of one tree have the same name in their headers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestrator.plugin.record import Check, Fault
from orchestrator.plugin.sample import MANIFEST, skill

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.definitions import SkillDefinition
    from orchestrator.plugin.surroundings import Surroundings


def find(found: SkillDefinition, around: Surroundings) -> Iterator[Fault]:
    others = [each for each in around.here.every_skill if each.name == found.name and each.path != found.path]
    if others:
        where = ", ".join(each.document.file for each in others)
        yield Fault(message=f'"{found.name}" is the name of two skills, also in {where}', pointer=("name",))


CHECK = Check(
    id="duplicate-skill",
    severity="error",
    of=("skill",),
    why="whoever calls the skill by that name gets one of the two",
    mend="name each skill as its folder",
    source="https://code.claude.com/docs/en/skills#where-skills-live",
    find=find,
    fires_on=(MANIFEST | {"skills/a/SKILL.md": skill(name="tables"), "skills/b/SKILL.md": skill(name="tables")},),
    silent_on=(MANIFEST | {"skills/a/SKILL.md": skill(name="a"), "skills/b/SKILL.md": skill(name="b")},),
)
