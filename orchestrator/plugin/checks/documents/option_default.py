"""An option whose default is none of its choices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestrator.plugin.record import Check, Fault
from orchestrator.plugin.sample import manifested

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.documents import DataFile
    from orchestrator.plugin.surroundings import Surroundings


def find(document: DataFile, around: Surroundings) -> Iterator[Fault]:  # noqa: ARG001
    declared = document.mapping.get("userConfig")
    for name, option in declared.items() if isinstance(declared, dict) else ():
        if not isinstance(option, dict):
            continue
        choices, low, high = option.get("options"), option.get("min"), option.get("max")
        pointer = ("userConfig", name)
        if isinstance(choices, list) and option.get("default") not in choices and option.get("required") is not True:
            yield Fault(message=f'the default of "{name}" is none of its options', pointer=pointer)
        if isinstance(low, int | float) and isinstance(high, int | float) and low > high:
            yield Fault(message=f'"{name}" has a min above its max', pointer=(*pointer, "min"), fix="Swap the two.")


CHECK = Check(
    id="option-default",
    severity="error",
    of=("plugin",),
    why="the client refuses the manifest",
    mend="give a default that is among the options, or required: true",
    source="https://code.claude.com/docs/en/plugins-reference#user-configuration",
    find=find,
    fires_on=(
        manifested(
            userConfig={"mode": {"type": "string", "title": "Mode", "description": "How", "options": ["a", "b"]}}
        ),
        manifested(userConfig={"size": {"type": "number", "title": "Size", "description": "How", "min": 3, "max": 2}}),
    ),
    silent_on=(
        manifested(
            userConfig={
                "mode": {"type": "string", "title": "Mode", "description": "How", "options": ["a"], "default": "a"}
            }
        ),
    ),
)
