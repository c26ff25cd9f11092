"""A clause is said to be kept by something that does not exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestrator.plugin import keepers
from orchestrator.plugin.definitions import OURS
from orchestrator.plugin.record import Check, Fault
from orchestrator.plugin.sample import contract

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.definitions import AgentDefinition
    from orchestrator.plugin.surroundings import Surroundings

LINES = '  clauses:\n    - {{id: do-name, text: "Name the source of a number.", kept: enforced, by: "{}"}}\n'


def find(agent: AgentDefinition, around: Surroundings) -> Iterator[Fault]:
    for index, clause in enumerate(agent.clauses):
        if clause.by and not keepers.exists(clause.by, around):
            yield Fault(
                message=f'clause "{clause.id}" is kept by {clause.by}, which does not exist',
                pointer=(OURS, "clauses", index, "by"),
            )


CHECK = Check(
    id="unknown-keeper",
    severity="error",
    of=("agent",),
    why="the file promises that something keeps the clause, and nothing does",
    mend="name what keeps it today, or mark it prose",
    find=find,
    fires_on=tuple(
        contract(LINES.format(by))
        for by in ("check:absent", "hook:hooks/absent", "command:absent", "module:orchestrator.absent", "schema:absent")
    ),
    silent_on=tuple(
        contract(LINES.format(by))
        for by in ("check:unknown-skill", "hook:hooks/gate", "command:recall", "schema:decision", "playbook:remember")
    ),
)
