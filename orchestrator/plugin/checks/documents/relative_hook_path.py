"""A hook that names a file of the plugin by a relative path."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestrator.plugin import wiring
from orchestrator.plugin.record import Check, Fault
from orchestrator.plugin.sample import program, wired

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.documents import DataFile
    from orchestrator.plugin.surroundings import Surroundings


def find(document: DataFile, around: Surroundings) -> Iterator[Fault]:
    for hook in wiring.hooks(document):
        for place in wiring.texts({key: hook.data.get(key) for key in ("command", "args")}, hook.pointer):
            for word in place.text.split():
                name = word.strip("\"'")
                if "/" in name and not name.startswith(("/", "$", "~")) and (around.root / name).is_file():
                    yield Fault(
                        message=f"{name} is looked for in the project, not in the plugin", pointer=place.pointer
                    )


CHECK = Check(
    id="relative-hook-path",
    severity="error",
    of=("hooks", "plugin"),
    why="hooks run in the folder of the project, where the file is not",
    mend="write ${CLAUDE_PLUGIN_ROOT}/ in front of the path",
    source="https://code.claude.com/docs/en/hooks#reference-scripts-by-path",
    find=find,
    fires_on=(
        wired(program("sh", "./hooks/look.sh")) | {"hooks/look.sh": "exit 0\n"},
        wired({"type": "command", "command": "sh hooks/look.sh"}) | {"hooks/look.sh": "exit 0\n"},
    ),
    silent_on=(
        wired(program("sh", "${CLAUDE_PLUGIN_ROOT}/hooks/look.sh")) | {"hooks/look.sh": "exit 0\n"},
        wired(program("sh", "./scripts/check.sh")),
    ),
)
