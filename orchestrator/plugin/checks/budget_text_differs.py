"""The text gives other numbers of tool calls than the header."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestrator.plugin import scaling
from orchestrator.plugin.record import Check, Fault
from orchestrator.plugin.sample import contract

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.definitions import AgentDefinition
    from orchestrator.plugin.surroundings import Surroundings

LINES = "  budgets:\n    new_table: {range: [15, 25], cap: 38}\n    review: {range: [5, 10], cap: 15}\n"


def find(agent: AgentDefinition, around: Surroundings) -> Iterator[Fault]:  # noqa: ARG001
    for said in scaling.said(agent.document):
        for kind, budget in agent.budgets.items():
            differs = (said.low, said.high) != (budget.low, budget.high)
            if not said.fault and differs and kind.replace("_", " ") == said.label.replace("-", " "):
                yield Fault(
                    message=f"the text says {said.low} to {said.high} for {kind}, budgets says "
                    f"{budget.low} to {budget.high}",
                    line=said.number,
                    column=said.column,
                )


CHECK = Check(
    id="budget-text-differs",
    severity="warning",
    of=("agent",),
    why="the agent plans by its text and is stopped by its header",
    mend="write the same numbers in both places",
    find=find,
    fires_on=(
        contract(LINES, "- New table: 10-20 tool calls\n"),
        contract(LINES, "Tool calls: review 5 to 10, new table 15 to 30.\n"),
        contract(LINES, "| new table | 5-25 tool calls |\n"),
    ),
    silent_on=(
        contract(LINES, "- New table: 15-25 tool calls\n- Review: 5 to 10 tool calls\n"),
        contract(LINES, "- Migration: 30-50 tool calls\n"),
        contract(LINES, "Pages 10-20 of the manual.\n"),
    ),
)
