"""An option of the plugin in a line for the shell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestrator.plugin import wiring
from orchestrator.plugin.record import Check, Fault
from orchestrator.plugin.sample import program, wired

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.documents import DataFile
    from orchestrator.plugin.surroundings import Surroundings


def find(document: DataFile, around: Surroundings) -> Iterator[Fault]:  # noqa: ARG001
    for hook in wiring.hooks(document):
        if hook.is_shell and list(wiring.options(hook.command)):
            yield Fault(message="a shell would read the value of an option", pointer=(*hook.pointer, "command"))


CHECK = Check(
    id="option-in-shell",
    severity="error",
    of=("hooks", "plugin"),
    why="the client refuses to put what a person entered into a line for the shell: the hook does not run",
    mend="write the words as args, or read CLAUDE_PLUGIN_OPTION_NAME in the script",
    source="https://code.claude.com/docs/en/plugins-reference#user-configuration",
    find=find,
    fires_on=(wired({"type": "command", "command": "look ${user_config.mode}"}),),
    silent_on=(
        wired({"type": "command", "command": "look"}),
        wired(program("look", "${user_config.mode}")),
    ),
)
