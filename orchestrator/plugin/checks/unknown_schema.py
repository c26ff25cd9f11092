"""The schema of an agent's answer is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestrator.plugin import paths
from orchestrator.plugin.definitions import OURS
from orchestrator.plugin.record import Check, Fault
from orchestrator.plugin.sample import contract

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.definitions import AgentDefinition
    from orchestrator.plugin.surroundings import Surroundings


def find(agent: AgentDefinition, around: Surroundings) -> Iterator[Fault]:
    path = agent.output_schema
    if path and not any((root / path).is_file() for root in (around.root, paths.root())):
        yield Fault(message=f"{path} does not exist", pointer=(OURS, "output_schema"), severity=around.unknown)


CHECK = Check(
    id="unknown-schema",
    severity="error",
    of=("agent",),
    why="the answer is held against nothing",
    mend="write the schema, or name one that is there",
    find=find,
    fires_on=(contract("  output_schema: schemas/absent.schema.json\n"),),
    silent_on=(contract("  output_schema: schemas/review-output.schema.json\n"),),
)
