"""The plugin's folder without quotes in a line for the shell."""

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


_NAMED = re.compile(r"\$\{?CLAUDE_PLUGIN_(?:ROOT|DATA)\}?")


def find(document: DataFile, around: Surroundings) -> Iterator[Fault]:  # noqa: ARG001
    for hook in wiring.hooks(document):
        if not hook.is_shell:
            continue
        for match in _NAMED.finditer(hook.command):
            before = re.sub(r"\\.|'[^']*'", "", hook.command[: match.start()])
            if before.count('"') % 2 == 0:
                yield Fault(message=f"{match[0]} is not in double quotes", pointer=(*hook.pointer, "command"))
                break


CHECK = Check(
    id="unquoted-plugin-root",
    severity="warning",
    of=("hooks", "plugin"),
    why="a folder with a space in its name splits the line, and the hook fails",
    mend="put the path in double quotes, or write the words as args",
    source="https://code.claude.com/docs/en/hooks#reference-scripts-by-path",
    find=find,
    fires_on=(wired({"type": "command", "command": "sh ${CLAUDE_PLUGIN_ROOT}/look.sh"}) | {"look.sh": ""},),
    silent_on=(
        wired({"type": "command", "command": 'sh "${CLAUDE_PLUGIN_ROOT}/look.sh"'}) | {"look.sh": ""},
        wired(program("sh", "${CLAUDE_PLUGIN_ROOT}/look.sh")) | {"look.sh": ""},
    ),
)
