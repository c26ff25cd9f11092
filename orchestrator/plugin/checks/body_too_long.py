"""A text that is long for what is read before every task."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestrator.plugin.definitions import AgentDefinition
from orchestrator.plugin.record import Check, Fault
from orchestrator.plugin.sample import MANIFEST, plain, skill

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.definitions import SkillDefinition
    from orchestrator.plugin.surroundings import Surroundings

AGENT_WORDS = 2_000
SKILL_LINES = 500


def find(found: AgentDefinition | SkillDefinition, around: Surroundings) -> Iterator[Fault]:  # noqa: ARG001
    words, lines = len(found.document.body.split()), found.document.body.count("\n")
    if isinstance(found, AgentDefinition) and words > AGENT_WORDS:
        yield Fault(message=f"the body has {words} words; more than {AGENT_WORDS} are hard to keep to")
    elif not isinstance(found, AgentDefinition) and lines > SKILL_LINES:
        yield Fault(message=f"the body has {lines} lines; more than {SKILL_LINES} are advised against")


CHECK = Check(
    id="body-too-long",
    severity="note",
    of=("agent", "skill"),
    why="all of it is sent with every request of the agent, and the later part is kept to least",
    mend="move tables and examples to the references of a skill, which are read when they are needed",
    source="https://code.claude.com/docs/en/skills#add-supporting-files",
    find=find,
    fires_on=(
        plain(body="Write reports.\n" * 1_001),
        MANIFEST | {"skills/example/SKILL.md": skill(body="Align numbers.\n" * 501)},
    ),
    silent_on=(plain(body="Write reports.\n" * 900),),
)
