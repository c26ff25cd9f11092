"""A tool that writes is granted to an agent that may not write at all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from orchestrator.plugin import grants
from orchestrator.plugin.definitions import OURS
from orchestrator.plugin.record import Check, Fault
from orchestrator.plugin.sample import contract

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.definitions import AgentDefinition
    from orchestrator.plugin.surroundings import Surroundings

_NEVER = r"^(?:never|don['’]?t|do not|must not)\s+"
_WRITE = r"(?:write|edit|change|modify|create|delete)"
_END = r"\s*(?:at all|whatsoever)?\s*(?:[.;:,!]|$)"
_FILES = r"(?:anything|any files?|files?|a file|any code|code)"
_NO_WRITING = re.compile(
    rf"{_NEVER}{_WRITE}(?:[\s,]+(?:(?:or|and)\s+)?{_WRITE})*\s+{_FILES}{_END}|^read[- ]only{_END}", re.IGNORECASE
)
_NO_SHELL = re.compile(rf"{_NEVER}(?:run|execute)\s+(?:any )?(?:shell )?(?:commands?|anything){_END}", re.IGNORECASE)
CLAUSE = '  clauses:\n    - {{id: dont, text: "{}", kept: prose}}\n'


def find(agent: AgentDefinition, around: Surroundings) -> Iterator[Fault]:  # noqa: ARG001
    held = grants.granted(agent.document.data)
    if agent.boundaries.allow:  # what may be written is listed, so the clause is about the rest
        return
    for index, clause in enumerate(agent.clauses):
        for forbids, tools in ((_NO_WRITING, grants.WRITERS), (_NO_SHELL, grants.SHELLS)):
            given = sorted(tool for tool in tools if held.has(tool))
            if given and forbids.match(clause.text):
                message = f'clause "{clause.id}" says "{clause.text}", and the agent has {", ".join(given)}'
                yield Fault(message=message, pointer=(OURS, "clauses", index, "text"))


CHECK = Check(
    id="tool-against-clause",
    severity="warning",
    of=("agent",),
    why="a rule in words against a tool in hand is kept only as long as the model remembers it",
    mend="remove the tool from tools, or list in boundaries.allow what may be written",
    find=find,
    fires_on=(
        contract(CLAUSE.format("Never edit any files."), header="tools: [Read, Write]\n"),
        contract(CLAUSE.format("Do not write or change code."), header=""),
        contract(CLAUSE.format("Never run commands."), header="tools: [Read, Bash]\n"),
    ),
    silent_on=(
        contract(CLAUSE.format("Never edit any files."), header="tools: [Read, Grep]\n"),
        contract(CLAUSE.format("Never change the code under review."), header="tools: [Read, Write]\n"),
        contract(CLAUSE.format("Never edit any files outside docs."), header="tools: [Read, Write]\n"),
    ),
)
