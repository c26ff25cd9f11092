"""An agent preloads a skill that only a person may call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestrator.plugin.record import Check, Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.definitions import AgentDefinition
    from orchestrator.plugin.surroundings import Surroundings

AGENT = "---\nname: example\ndescription: Writes the report of a month.\nskills: [tables]\n---\nWrite reports.\n"
SKILL = "---\nname: tables\ndescription: Lays out a table.\n{}---\nAlign numbers.\n"


def find(agent: AgentDefinition, around: Surroundings) -> Iterator[Fault]:
    for index, name in enumerate(agent.skills):
        skill = around.skill(name)
        if skill is not None and skill.document.data.get("disable-model-invocation") is True:
            yield Fault(
                message=f'the skill "{name}" has disable-model-invocation: true, so no agent can have it',
                pointer=("skills", index),
            )


CHECK = Check(
    id="skill-not-invocable",
    severity="error",
    of=("agent",),
    why="a skill with disable-model-invocation is left out when the agent starts, without a word",
    mend="remove disable-model-invocation from the skill, or the skill from the agent",
    source="https://code.claude.com/docs/en/sub-agents#preload-skills-into-subagents",
    find=find,
    fires_on=(
        {"agents/example.md": AGENT, "skills/tables/SKILL.md": SKILL.format("disable-model-invocation: true\n")},
    ),
    silent_on=(
        {"agents/example.md": AGENT, "skills/tables/SKILL.md": SKILL.format("")},
        {"agents/example.md": AGENT, "skills/tables/SKILL.md": SKILL.format("user-invocable: false\n")},
    ),
)
