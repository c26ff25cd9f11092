"""A budget whose range or cap is out of order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestrator.plugin.definitions import OURS
from orchestrator.plugin.record import Check, Fault
from orchestrator.plugin.sample import contract

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.definitions import AgentDefinition
    from orchestrator.plugin.surroundings import Surroundings

LINES = "  budgets:\n    report: {{range: [{}], cap: {}}}\n"


def find(agent: AgentDefinition, around: Surroundings) -> Iterator[Fault]:  # noqa: ARG001
    for kind, budget in agent.budgets.items():
        if not budget.low <= budget.high <= budget.cap:
            message = f"{kind} goes from {budget.low} to {budget.high} with a cap of {budget.cap}"
            yield Fault(message=message, pointer=(OURS, "budgets", kind))


CHECK = Check(
    id="budget-order",
    severity="error",
    of=("agent",),
    why="a cap below the usual range stops the agent in the middle of ordinary work",
    mend="order them: from <= to <= cap",
    find=find,
    fires_on=(contract(LINES.format("25, 15", 38)), contract(LINES.format("15, 25", 20))),
    silent_on=(contract(LINES.format("15, 25", 38)), contract(LINES.format("15, 15", 15))),
)
