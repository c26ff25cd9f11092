"""A path of the boundaries that no path of a project can match."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestrator.plugin import globs
from orchestrator.plugin.definitions import OURS
from orchestrator.plugin.record import Check, Fault
from orchestrator.plugin.sample import contract

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.definitions import AgentDefinition
    from orchestrator.plugin.surroundings import Surroundings

PATHS = '  boundaries:\n    allow: ["{}"]\n    forbid: []\n'
WRONG = ("/srv/app/**", "~/app/**", "../other/**", "app/*.{py,sql}", "C:/app", "app/**.py", "!app/**", "")
RIGHT = ("app/**", "**/*.py", "app/[id]/page.tsx", ".claude/context/**")


def find(agent: AgentDefinition, around: Surroundings) -> Iterator[Fault]:  # noqa: ARG001
    for key, listed in (("allow", agent.boundaries.allow), ("forbid", agent.boundaries.forbid)):
        for index, glob in enumerate(listed):
            why = globs.fault(glob)
            if why:
                yield Fault(message=f'"{glob}" {why}', pointer=(OURS, "boundaries", key, index))


CHECK = Check(
    id="path-glob-invalid",
    severity="error",
    of=("agent",),
    why="the gate compares these globs with paths relative to the project: one that cannot match limits nothing",
    mend="write it relative to the project, with * within a folder name and ** for any number of folders",
    find=find,
    fires_on=tuple(contract(PATHS.format(glob)) for glob in WRONG),
    silent_on=tuple(contract(PATHS.format(glob)) for glob in RIGHT),
)
