"""Hooks at an event that the client does not have."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from orchestrator.plugin import wiring
from orchestrator.plugin.record import Check, Fault
from orchestrator.plugin.sample import manifested, program, wired

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.documents import DataFile
    from orchestrator.plugin.surroundings import Surroundings


def find(document: DataFile, around: Surroundings) -> Iterator[Fault]:  # noqa: ARG001
    known = wiring.known_events()
    for pointer, held in wiring.events(document):
        for event in held:
            if event not in known and not (event == "hooks" and document.kind == "plugin"):
                close = get_close_matches(event, known, n=1)
                fix = f"Write {close[0]}." if close else "Use one of the events of the client."
                yield Fault(message=f'no event is called "{event}"', pointer=(*pointer, event), fix=fix)


CHECK = Check(
    id="unknown-event",
    severity="error",
    of=wiring.HOLD_HOOKS,
    why="the client passes over an event that it does not know: the hooks never run",
    mend="use one of the events of the client",
    source="https://code.claude.com/docs/en/hooks#hook-events",
    find=find,
    fires_on=(
        wired(program(), event="PreToolUsed"),
        wired(program(), event="pretooluse"),
        manifested(hooks={"BeforeTool": []}),
    ),
    silent_on=(
        wired(program()),
        wired(program(), event="WorktreeRemove"),
    ),
)
