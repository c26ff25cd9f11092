"""A key that should make a hook hold the call when it fails, and that the client does not know."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from orchestrator.plugin import wiring
from orchestrator.plugin.record import Check, Fault
from orchestrator.plugin.sample import program, wired

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.documents import DataFile
    from orchestrator.plugin.surroundings import Surroundings


_KEYS = re.compile(
    r"^(?:fail_?(?:closed|open|safe)|on_?(?:error|fail(?:ure)?)|block(?:ing|_?on_?.*)?|required|strict|mandatory)$",
    re.IGNORECASE,
)


def find(document: DataFile, around: Surroundings) -> Iterator[Fault]:  # noqa: ARG001
    for hook in wiring.hooks(document):
        for key in hook.data:
            if key != "onFailure" and _KEYS.match(key):
                yield Fault(message=f"the client ignores {key}: the hook fails open", pointer=(*hook.pointer, key))


CHECK = Check(
    id="ignored-guard-key",
    severity="error",
    of=wiring.HOLD_HOOKS,
    why="the client ignores it: the hook fails open",
    mend='write "onFailure": "block"',
    source="https://code.claude.com/docs/en/hooks#hook-failures",
    find=find,
    fires_on=(
        wired(program(failClosed=True)),
        wired(program(blocking=True)),
        wired(program(on_failure="block")),
    ),
    silent_on=(wired(program()),),
)
