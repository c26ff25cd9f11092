"""A text changed while its version did not."""

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
    message = versions.changed_text(around.lock_of(found), found)
    if message:
        yield Fault(message=message, pointer=(OURS, "version"))


LOCK = {"agents/versions.json": locked(("1.0.0", contract()))}

CHECK = Check(
    id="unversioned-change",
    severity="error",
    of=("agent", "skill"),
    why="records name the version, and two texts under one version make every such record untrue",
    mend="raise the version: orchestrate agents lock says which part is due",
    find=find,
    fires_on=(MANIFEST | LOCK | {"agents/example.md": contract(body="Another text.\n")},),
    silent_on=(
        MANIFEST | LOCK | {"agents/example.md": contract()},
        MANIFEST | LOCK | {"agents/example.md": "\ufeff" + contract().replace("\n", "\r\n")},
        contract(),
    ),
)
