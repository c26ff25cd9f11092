"""A hook that does not run before an option is set."""

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
        used = {
            option: place
            for place in wiring.texts(dict(hook.data), hook.pointer)
            for option in wiring.options(place.text)
        }
        for option, place in used.items():
            yield Fault(message=f"the hook does not run until {option} is set", pointer=place.pointer)


CHECK = Check(
    id="unset-option-stops-hook",
    severity="warning",
    of=("hooks", "plugin"),
    why="defaults are not applied when hooks run: with nothing entered the hook is left out, and the call goes through",
    mend="read CLAUDE_PLUGIN_OPTION_NAME in the script, with a default of your own",
    source="https://code.claude.com/docs/en/plugins-reference#user-configuration",
    find=find,
    fires_on=(
        wired(
            program("look", "${user_config.mode}"),
            userConfig={"mode": {"type": "string", "title": "Mode", "description": "How strict"}},
        ),
    ),
    silent_on=(wired(program("look")),),
)
