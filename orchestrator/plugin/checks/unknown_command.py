"""A skill names a command of ours that is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestrator.plugin import keepers
from orchestrator.plugin.definitions import OURS
from orchestrator.plugin.record import Check, Fault
from orchestrator.plugin.sample import skill

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.definitions import SkillDefinition
    from orchestrator.plugin.surroundings import Surroundings

LINES = 'x-orchestrate:\n  version: 1.0.0\n  schema: 1\n  commands: ["{}"]\n'


def find(found: SkillDefinition, around: Surroundings) -> Iterator[Fault]:
    for index, command in enumerate(found.commands):
        if not keepers.exists(f"command:{command.removeprefix('orchestrate ')}", around):
            yield Fault(message=f"there is no {command}", pointer=(OURS, "commands", index))


CHECK = Check(
    id="unknown-command",
    severity="error",
    of=("skill",),
    why="the model runs the command, and the shell says that it does not exist",
    mend="name a command that exists today",
    find=find,
    fires_on=(skill(LINES.format("orchestrate fly")),),
    silent_on=(skill(LINES.format("orchestrate recall")),),
)
