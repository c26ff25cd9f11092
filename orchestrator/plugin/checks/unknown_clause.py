"""The boundaries name a clause that is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestrator.plugin.definitions import OURS
from orchestrator.plugin.record import Check, Fault
from orchestrator.plugin.sample import contract

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.definitions import AgentDefinition
    from orchestrator.plugin.surroundings import Surroundings

LINES = (
    '  boundaries:\n    dont: [{}]\n  clauses:\n    - {{id: dont-guess, text: "Never guess a number.", kept: prose}}\n'
)


def find(agent: AgentDefinition, around: Surroundings) -> Iterator[Fault]:  # noqa: ARG001
    ids = {clause.id for clause in agent.clauses}
    for index, name in enumerate(agent.boundaries.dont):
        if name not in ids:
            yield Fault(message=f'there is no clause "{name}"', pointer=(OURS, "boundaries", "dont", index))


CHECK = Check(
    id="unknown-clause",
    severity="error",
    of=("agent",),
    why="a prohibition that is nowhere written is kept by nothing",
    mend="add the clause, or correct the id",
    find=find,
    fires_on=(contract(LINES.format("dont-gues")),),
    silent_on=(contract(LINES.format("dont-guess")),),
)
