"""A version is not in the lock."""

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
    held = around.lock_of(found)
    name = versions.name_in_lock(found)
    if not held.exists or not found.version or held.entry(name, found.version) or versions.went_back(held, found):
        return
    yield Fault(message=f"{name} {found.version} is not in {held.path.name}", pointer=(OURS, "version"))


CHECK = Check(
    id="unlocked-version",
    severity="error",
    of=("agent", "skill"),
    why="nothing holds the text of the version: it could change, and records of it would not say which text they mean",
    mend="orchestrate agents lock writes it down",
    find=find,
    fires_on=(
        MANIFEST | {"agents/example.md": contract(), "agents/versions.json": locked(("0.9.0", "older"))},
        MANIFEST | {"agents/example.md": contract(), "agents/versions.json": locked()},
    ),
    silent_on=(
        MANIFEST | {"agents/example.md": contract(), "agents/versions.json": locked(("1.0.0", contract()))},
        contract(),
    ),
)
