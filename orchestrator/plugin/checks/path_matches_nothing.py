"""A path of the boundaries matches no file of the project."""

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

PATHS = '  boundaries:\n    allow: ["{}"]\n'


def find(agent: AgentDefinition, around: Surroundings) -> Iterator[Fault]:
    if around.kind != "project":  # a plugin works in projects that are not known here
        return
    for key, listed in (("allow", agent.boundaries.allow), ("forbid", agent.boundaries.forbid)):
        for index, glob in enumerate(listed):
            if not globs.fault(glob) and not globs.match_in(glob, around.root):
                pointer = (OURS, "boundaries", key, index)
                yield Fault(message=f"{glob} matches nothing in this project", pointer=pointer)


CHECK = Check(
    id="path-matches-nothing",
    severity="note",
    of=("agent",),
    why="it may be a path that is still to be made, or a misspelt one",
    mend="correct the path if it is misspelt",
    find=find,
    fires_on=({".claude/agents/example.md": contract(PATHS.format("bakend/**"))},),
    silent_on=(
        {".claude/agents/example.md": contract(PATHS.format("backend/**")), "backend/app.py": "pass\n"},
        {".claude/agents/example.md": contract(PATHS.format("node_modules/**")), "node_modules/a.js": ""},
        {".claude/agents/example.md": contract(PATHS.format("src/*/new_?.py")), "src/db/new_1.py": ""},
        contract(PATHS.format("bakend/**")),
    ),
)
