"""One clause asks for what another forbids."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from orchestrator.plugin import bodytext
from orchestrator.plugin.definitions import OURS
from orchestrator.plugin.record import Check, Fault
from orchestrator.plugin.sample import contract, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.definitions import AgentDefinition
    from orchestrator.plugin.surroundings import Surroundings

_FORBIDS = re.compile(r"^(?:never|don['’]?t|do not|must not|avoid)\s+(?:ever\s+)?", re.IGNORECASE)
_ASKS = re.compile(r"^(?:always|do|please|you must|must)\s+", re.IGNORECASE)
_ITEM = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s+(.*)$")
_OF_DONTS = re.compile(r"\b(?:don['’]?ts?|do not|never|avoid|forbidden)\b", re.IGNORECASE)
_OF_DOS = re.compile(r"^\W*(?:dos?|always|must)\b(?! not)", re.IGNORECASE)
# What stands below these is a fault to look for, not a thing to do.
_OF_FAULTS = re.compile(r"\b(?:anti-?patterns?|bad|wrong|mistakes?|pitfalls?|smells?|flags?|issues?)\b", re.IGNORECASE)
_FILLERS = re.compile(r"\b(?:the|a|an|any|your|its|all|ever|every|each)\b")


def find(agent: AgentDefinition, around: Surroundings) -> Iterator[Fault]:  # noqa: ARG001
    asked = {
        _same(clause.text): clause.id for clause in agent.clauses if not _FORBIDS.match(clause.text) and clause.text
    }
    for index, clause in enumerate(agent.clauses):
        other = asked.get(_same(clause.text)) if _FORBIDS.match(clause.text) else None
        if other:
            message = f'clause "{clause.id}" forbids what clause "{other}" asks for'
            yield Fault(message=message, pointer=(OURS, "clauses", index, "text"))
    yield from _in_body(agent)


def _in_body(agent: AgentDefinition) -> Iterator[Fault]:
    """The items of lists. One below a heading that forbids is held against those below one that asks only."""
    asked: dict[str, int] = {}
    asked_by_heading: dict[str, int] = {}
    forbidden: list[tuple[str, int, bool]] = []
    for line in bodytext.prose(agent.document):
        item = _ITEM.match(line.text)
        text = item[1].strip("*_ ") if item else ""
        if _FORBIDS.match(text) or (text and _OF_DONTS.search(line.heading)):
            forbidden.append((_same(text), line.number, bool(_FORBIDS.match(text))))
        elif text and not _OF_FAULTS.search(line.heading):
            asked.setdefault(_same(text), line.number)
            if _OF_DOS.search(line.heading):
                asked_by_heading.setdefault(_same(text), line.number)
    for text, number, says_so in forbidden:
        first = (asked if says_so else asked_by_heading).get(text)
        if text and first:
            yield Fault(message=f"line {first} asks for what this line forbids: {text}", line=number)


def _same(text: str) -> str:
    """The text without what forbids or asks, articles, marks and capitals, so that two ways of writing it are equal."""
    bare = _ASKS.sub("", _FORBIDS.sub("", text.strip()))
    words = re.findall(r"\w+", _FILLERS.sub(" ", bare.lower()))
    return " ".join(words) if len(words) > 1 else ""


CLAUSES = '  clauses:\n    - {{id: one, text: "{}", kept: prose}}\n    - {{id: two, text: "{}", kept: prose}}\n'

CHECK = Check(
    id="do-and-dont",
    severity="warning",
    of=("agent",),
    why="an agent that is told both does one of them, and nobody knows which",
    mend="keep one of the two",
    find=find,
    fires_on=(
        contract(CLAUSES.format("Write the tests first.", "Never write tests first.")),
        contract(CLAUSES.format("Don't rename a public function.", "Always rename the public function.")),
        plain(body="- Round the sums.\n- Never round the sums.\n"),
        plain(body="## Do\n\n- Round the sums\n\n## Don't\n\n- Round sums\n"),
    ),
    silent_on=(
        contract(CLAUSES.format("Write the tests first.", "Never write the docs first.")),
        plain(body="- Round the sums.\n- Never round the rates.\n"),
        plain(body="- Never round the sums.\n- Never round the sums.\n"),
        plain(body="## Look for\n\n- Rounded sums\n\n## Avoid\n\n- Rounded sums\n"),
        plain(body="## Common mistakes\n\n- Round the sums\n\n## Rules\n\n- Never round the sums\n"),
    ),
)
