"""A file that a hook names is not in the plugin."""

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
        for place in wiring.texts(dict(hook.data), hook.pointer):
            for name in wiring.files(place.text):
                if not (around.root / name).exists():
                    yield Fault(message=f"{name} does not exist in the plugin", pointer=place.pointer)


CHECK = Check(
    id="hook-file-missing",
    severity="error",
    of=("hooks", "plugin"),
    why="the hook fails at every call, and without onFailure what it should have held goes through",
    mend="write the file, or correct the path",
    source="https://code.claude.com/docs/en/hooks#reference-scripts-by-path",
    find=find,
    fires_on=(
        wired(program("python3", "${CLAUDE_PLUGIN_ROOT}/hooks/absent.py")),
        wired(program('"${CLAUDE_PLUGIN_ROOT}"/absent.sh')),
    ),
    silent_on=(
        wired(program("python3", "${CLAUDE_PLUGIN_ROOT}/hooks/look.py")) | {"hooks/look.py": "pass\n"},
        wired(program("python3", "$HOME/x.py")),
    ),
)
