"""A number of tool calls in the text that is no range."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestrator.plugin import scaling
from orchestrator.plugin.record import Check, Fault
from orchestrator.plugin.sample import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.definitions import AgentDefinition
    from orchestrator.plugin.surroundings import Surroundings


def find(agent: AgentDefinition, around: Surroundings) -> Iterator[Fault]:  # noqa: ARG001
    for said in scaling.said(agent.document):
        if said.fault:
            yield Fault(message=f'"{said.text}" {said.fault}', line=said.number, column=said.column)


CHECK = Check(
    id="budget-unreadable",
    severity="warning",
    of=("agent",),
    why="a budget that cannot be read is kept by nobody",
    mend='write "5-10 tool calls", the smaller number first',
    find=find,
    fires_on=(
        plain(body="A report takes 25-15 tool calls.\n"),
        plain(body="A report takes 0 to 0 tool calls.\n"),
        plain(body="- Report: N-M tool calls\n"),
    ),
    silent_on=(
        plain(body="A report takes 15-25 tool calls.\n"),
        plain(body="A report takes 15 to 25 tool calls, a table 5.\n"),
        plain(body="Count the tool calls.\n"),
    ),
)
