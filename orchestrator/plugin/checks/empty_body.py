"""A definition without a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestrator.plugin.record import Check, Fault
from orchestrator.plugin.sample import MANIFEST, plain, skill

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.definitions import AgentDefinition, SkillDefinition
    from orchestrator.plugin.surroundings import Surroundings


def find(found: AgentDefinition | SkillDefinition, around: Surroundings) -> Iterator[Fault]:  # noqa: ARG001
    if found.document.data and not found.document.body.strip():
        yield Fault(message="there is no text below the header", line=found.document.body_line)


CHECK = Check(
    id="empty-body",
    severity="warning",
    of=("agent", "skill"),
    why="the text is all that the model is told: without it the definition is a name and a description",
    mend="write what to do, what to show for it and when to stop",
    source="https://code.claude.com/docs/en/sub-agents#write-subagent-files",
    find=find,
    fires_on=(plain(body=""), plain(body="\n  \n"), MANIFEST | {"skills/example/SKILL.md": skill(body="")}),
    silent_on=(plain(body="Write.\n"),),
)
