"""A guard behind a permission rule."""

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
        if hook.group.event == "PreToolUse" and "if" in hook.data and hook.data.get("onFailure") == "block":
            yield Fault(message="`if` lets commands past the guard that it should see", pointer=(*hook.pointer, "if"))


CHECK = Check(
    id="if-on-guard",
    severity="warning",
    of=wiring.HOLD_HOOKS,
    why="the rule misses what is called through env, sudo, timeout, bash -c or by its full path",
    mend="remove `if`, and look at the command in the hook",
    source="https://code.claude.com/docs/en/hooks#common-fields",
    find=find,
    fires_on=(wired(program() | {"if": "Bash(psql *)"}),),
    silent_on=(
        wired(program()),
        wired({"type": "command", "command": "note", "if": "Bash(git *)", "onFailure": "continue"}),
    ),
)
