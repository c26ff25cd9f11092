"""A path is allowed, and a clause says never to write there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from orchestrator.plugin.definitions import OURS
from orchestrator.plugin.record import Check, Fault
from orchestrator.plugin.sample import contract

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.definitions import AgentDefinition
    from orchestrator.plugin.surroundings import Surroundings

_FORBIDS = re.compile(
    r"^(?:never|don['’]?t|do not|must not)\s+(?:\w+ or )?(?:write|edit|change|touch|modify|create|delete)\b[^.;]*", re.I
)
_EXCEPT = re.compile(r"\b(?:outside|except|unless|without|but|other than|apart from)\b", re.IGNORECASE)
OURS_LINES = '  boundaries:\n    allow: ["{}"]\n  clauses:\n    - {{id: dont-touch, text: "{}", kept: prose}}\n'


def find(agent: AgentDefinition, around: Surroundings) -> Iterator[Fault]:  # noqa: ARG001
    for clause in agent.clauses:
        forbidden = _FORBIDS.match(clause.text)
        if forbidden is None or _EXCEPT.search(clause.text):
            continue
        named = {word.strip("`'\",").rstrip("/*.") for word in forbidden[0].split()}
        for index, glob in enumerate(agent.boundaries.allow):
            if _fixed(glob) in named:
                yield Fault(
                    message=f'{glob} is allowed, and clause "{clause.id}" says: {clause.text}',
                    pointer=(OURS, "boundaries", "allow", index),
                )


def _fixed(glob: str) -> str:
    """The part of the glob that has no star; `**` alone is never meant by a clause."""
    return glob.split("*", 1)[0].rstrip("/") or "\0"


CHECK = Check(
    id="allowed-and-never",
    severity="warning",
    of=("agent",),
    why="the agent is told never to write a path that its boundaries let it write",
    mend="forbid the path, or narrow the clause",
    find=find,
    fires_on=(
        contract(OURS_LINES.format("app/**", "Never edit app/ by hand.")),
        contract(OURS_LINES.format("frontend/**", "Do not touch frontend.")),
    ),
    silent_on=(
        contract(OURS_LINES.format("app/**", "Never edit frontend/ by hand.")),
        contract(OURS_LINES.format("app/**", "Never write outside app/.")),
        contract(OURS_LINES.format("app/**", "Write only in app/.")),
    ),
)
