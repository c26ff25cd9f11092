"""A skill's playbook is not there."""

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

LINES = "x-orchestrate:\n  version: 1.0.0\n  schema: 1\n  commands: []\n  playbook: {}\n"


def find(found: SkillDefinition, around: Surroundings) -> Iterator[Fault]:
    if found.playbook and not keepers.exists(found.playbook, around):
        yield Fault(message=f"{found.playbook} does not exist", pointer=(OURS, "playbook"))


CHECK = Check(
    id="unknown-playbook",
    severity="error",
    of=("skill",),
    why="the skill says that its work can be done without a model, and nothing does it",
    mend="name what does the work today, or remove the key",
    find=find,
    fires_on=(skill(LINES.format("command:absent")),),
    silent_on=(skill(LINES.format("command:recall")),),
)
