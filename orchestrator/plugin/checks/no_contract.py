"""An agent without a contract."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestrator.plugin.definitions import OURS
from orchestrator.plugin.record import Check, Fault
from orchestrator.plugin.sample import contract, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.definitions import AgentDefinition
    from orchestrator.plugin.surroundings import Surroundings


def find(agent: AgentDefinition, around: Surroundings) -> Iterator[Fault]:  # noqa: ARG001
    if not agent.is_contract and agent.document.data:
        yield Fault(message=f"the agent has no {OURS}: its limits, budgets and output are not checked", line=1)


CHECK = Check(
    id="no-contract",
    severity="note",
    of=("agent",),
    why="what the text promises about paths, budgets, hand-offs and output is kept by the model alone",
    mend="orchestrate agents fix adds one",
    find=find,
    fires_on=(plain(),),
    silent_on=(contract(),),
)
