"""A description that is long for what is sent with every request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestrator.plugin import cost
from orchestrator.plugin.record import Check, Fault
from orchestrator.plugin.sample import MANIFEST, plain, skill

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.definitions import AgentDefinition, SkillDefinition
    from orchestrator.plugin.surroundings import Surroundings

NOTE, WARNING = 100, 300


def find(found: AgentDefinition | SkillDefinition, around: Surroundings) -> Iterator[Fault]:  # noqa: ARG001
    tokens = cost.listed(found)
    if tokens > NOTE:
        yield Fault(
            message=f"name and description are about {tokens} tokens in every request (inferred: 4 characters a token)",
            pointer=("description",),
            severity="warning" if tokens > WARNING else "note",
        )


CHECK = Check(
    id="token-cost",
    severity="warning",
    of=("agent", "skill"),
    why="the client lists name and description in every request of every session, whether the agent is used or not",
    mend="say in a sentence or two when to use it; examples and keywords belong into the body",
    source="https://code.claude.com/docs/en/sub-agents#write-subagent-files",
    find=find,
    fires_on=(
        plain(description="Writes the report of a month from its numbers. " * 10),
        plain(description="Writes the report of a month from its numbers. " * 30),
        MANIFEST | {"skills/example/SKILL.md": skill().replace("Lays out", "Lays out and lays out again " * 15)},
    ),
    silent_on=(plain(), plain(description="Writes the report of a month. " * 10)),
)
