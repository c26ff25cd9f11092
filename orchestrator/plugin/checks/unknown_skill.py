"""A skill that an agent preloads is in no place that can be looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestrator.plugin import bundled
from orchestrator.plugin.record import Check, Fault
from orchestrator.plugin.sample import MANIFEST, plain, skill

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.definitions import AgentDefinition
    from orchestrator.plugin.surroundings import Surroundings


def find(agent: AgentDefinition, around: Surroundings) -> Iterator[Fault]:
    for index, name in enumerate(agent.skills):
        if around.skill(name) is None and name not in bundled.SKILLS:
            foreign = around.is_foreign(name)
            yield Fault(
                message=f'there is no skill "{name}"' + (" that can be looked up here" if foreign else ""),
                pointer=("skills", index),
                severity="note" if foreign else around.unknown,
                fix=f"Write skills/{name}/SKILL.md, or remove the name.",
            )


CHECK = Check(
    id="unknown-skill",
    severity="error",
    of=("agent",),
    why="the client starts the agent without the skill and says so in its debug log only",
    mend="write the skill, or remove the name",
    source="https://code.claude.com/docs/en/sub-agents#preload-skills-into-subagents",
    find=find,
    fires_on=(
        plain("skills: [report-tables]\n"),
        plain("skills: monitoring, report-tables\n"),
        {".claude/agents/example.md": plain("skills: [report-tables]\n")},
        {"agents/example.md": plain("skills: [other-plugin:tables]\n")},
    ),
    silent_on=(
        plain("skills: [monitoring]\n"),
        plain("skills: [simplify, code-review]\n"),
        MANIFEST
        | {
            "agents/example.md": plain("skills: [demo:tables, tables]\n"),
            "skills/tables/SKILL.md": skill(name="tables"),
        },
    ),
)
