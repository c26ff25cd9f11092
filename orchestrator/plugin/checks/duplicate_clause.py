"""Two clauses have one id."""

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
    '  clauses:\n    - {{id: dont-guess, text: "Never guess a number.", kept: prose}}\n'
    '    - {{id: {}, text: "Name the source of a number.", kept: prose}}\n'
)


def find(agent: AgentDefinition, around: Surroundings) -> Iterator[Fault]:  # noqa: ARG001
    seen: set[str] = set()
    for index, clause in enumerate(agent.clauses):
        if clause.id in seen:
            yield Fault(message=f'the id "{clause.id}" is used twice', pointer=(OURS, "clauses", index, "id"))
        seen.add(clause.id)


CHECK = Check(
    id="duplicate-clause",
    severity="error",
    of=("agent",),
    why="a record that names the clause names two",
    mend="rename one of the two",
    find=find,
    fires_on=(contract(LINES.format("dont-guess")),),
    silent_on=(contract(LINES.format("do-name")),),
)
