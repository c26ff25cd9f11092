"""What the boundaries allow is forbidden as well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestrator.plugin import globs
from orchestrator.plugin.definitions import OURS
from orchestrator.plugin.record import Check, Fault
from orchestrator.plugin.sample import contract

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.definitions import AgentDefinition
    from orchestrator.plugin.surroundings import Surroundings

PATHS = "  boundaries:\n    allow: [{}]\n    forbid: [{}]\n"


def find(agent: AgentDefinition, around: Surroundings) -> Iterator[Fault]:  # noqa: ARG001
    for index, glob in enumerate(agent.boundaries.allow):
        swallowing = next((each for each in agent.boundaries.forbid if globs.covers(each, glob)), None)
        if swallowing == glob:
            message = f"{glob} is both allowed and forbidden"
        elif swallowing:
            message = f"{glob} is allowed, and {swallowing} forbids all of it"
        else:
            continue
        yield Fault(message=message, pointer=(OURS, "boundaries", "allow", index))


CHECK = Check(
    id="allow-and-forbid",
    severity="error",
    of=("agent",),
    why="what is forbidden wins, so the agent can never write there",
    mend="keep it in one of the two lists, or narrow what is forbidden",
    find=find,
    fires_on=(
        contract(PATHS.format('"app/**"', '"app/**"')),
        contract(PATHS.format('"app/models/**"', '"app/**"')),
        contract(PATHS.format('"app/models.py"', '"**/*.py"')),
        contract(PATHS.format('"docs/a/*.md"', '"docs/**"')),
    ),
    silent_on=(
        contract(PATHS.format('"app/**"', '"app/models/**"')),
        contract(PATHS.format('"app/**"', '"**/*.py"')),
        contract(PATHS.format('"app/*.md"', '"app/*.py"')),
        contract(PATHS.format('"application/**"', '"app/**"')),
    ),
)
