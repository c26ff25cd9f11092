"""The text tells the agent to write files, and it has no tool that writes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from orchestrator.plugin import bodytext, grants
from orchestrator.plugin.record import Check, Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.definitions import AgentDefinition
    from orchestrator.plugin.surroundings import Surroundings

HEAD = "---\nname: example\ndescription: Writes the report of a month.\ntools: [Read]\n---\n"
_TELLS = re.compile(
    r"(?:^\s*(?:[-*+]|\d+[.)])?\s*|[.;:]\s+|\b(?:then|and)\s+)\**"
    r"(?:write|edit|create|update|modify|save)\b[^.;]*$",
    re.IGNORECASE,
)
_FILE = re.compile(r"^(?:[\w.{}<>*-]+/)*[\w.{}<>*-]+\.[a-z]{1,5}$")


def find(agent: AgentDefinition, around: Surroundings) -> Iterator[Fault]:  # noqa: ARG001
    held = grants.granted(agent.document.data)
    if held.has_any(grants.WRITERS | grants.SHELLS):
        return
    for span in bodytext.spans(agent.document):
        if _FILE.match(span.text) and _TELLS.search(span.before) and not span.is_negated:
            yield Fault(
                message=f'the body tells to write "{span.text}", and tools grants neither Write nor Edit',
                line=span.number,
                column=span.column,
            )


CHECK = Check(
    id="edits-without-writer",
    severity="warning",
    of=("agent",),
    why="without Write, Edit or a shell the agent cannot make the file that its text asks for",
    mend="add Write or Edit to tools, or ask for the text in the answer",
    source="https://code.claude.com/docs/en/sub-agents#available-tools",
    find=find,
    fires_on=(
        HEAD + "1. Write the summary to `reports/month.md`.\n",
        HEAD + "Read the numbers and update `CHANGELOG.md`.\n",
    ),
    silent_on=(
        HEAD.replace("[Read]", "[Read, Write]") + "1. Write the summary to `reports/month.md`.\n",
        HEAD + "Never edit `reports/month.md`.\n",
        HEAD + "Read `reports/month.md`, which others write.\n",
        HEAD + "Your answer is by `schemas/answer.json`.\n",
    ),
)
