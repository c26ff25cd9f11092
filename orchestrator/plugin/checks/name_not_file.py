"""An agent's file has another name than the agent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestrator.plugin.record import Check, Fault
from orchestrator.plugin.sample import MANIFEST, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.definitions import AgentDefinition
    from orchestrator.plugin.surroundings import Surroundings


def find(agent: AgentDefinition, around: Surroundings) -> Iterator[Fault]:
    # A file that stands alone may be a copy under any name.
    if around.kind != "alone" and agent.name != agent.path.stem:
        yield Fault(
            message=f'the name is "{agent.name}" and the file is {agent.path.name}',
            pointer=("name",),
            fix=f"Rename one: {agent.name}.md, or the name.",
        )


CHECK = Check(
    id="name-not-file",
    severity="note",
    of=("agent",),
    why="the client goes by the name; whoever looks for its file does not find it",
    mend="rename one of the two",
    find=find,
    fires_on=(MANIFEST | {"agents/other.md": plain()},),
    silent_on=(plain(), {"other.md": plain()}),
)
