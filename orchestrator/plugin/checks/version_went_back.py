"""A version is lower than one that was there before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestrator.plugin import versions
from orchestrator.plugin.definitions import OURS
from orchestrator.plugin.record import Check, Fault
from orchestrator.plugin.sample import MANIFEST, contract, locked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.definitions import AgentDefinition, SkillDefinition
    from orchestrator.plugin.surroundings import Surroundings


def find(found: AgentDefinition | SkillDefinition, around: Surroundings) -> Iterator[Fault]:
    message = versions.went_back(around.lock_of(found), found)
    if message:
        yield Fault(message=message, pointer=(OURS, "version"))


CHECK = Check(
    id="version-went-back",
    severity="error",
    of=("agent", "skill"),
    why="whoever compares versions takes the older text for the newer one",
    mend="raise the version above the newest one, even where an old text comes back",
    find=find,
    fires_on=(
        MANIFEST | {"agents/example.md": contract(), "agents/versions.json": locked(("1.2.0", "newer"))},
        MANIFEST
        | {"agents/example.md": contract(), "agents/versions.json": locked(("1.0.0", contract()), ("1.0.1", "newer"))},
    ),
    silent_on=(
        MANIFEST
        | {"agents/example.md": contract(), "agents/versions.json": locked(("0.9.0", "older"), ("1.0.0", contract()))},
        MANIFEST
        | {"agents/example.md": contract(), "agents/versions.json": locked(("1.0.0-rc.1", "a"), ("1.0.0", contract()))},
    ),
)
