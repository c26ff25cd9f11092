"""An agent hands work to one that does not expect it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestrator.plugin.definitions import OURS
from orchestrator.plugin.record import Check, Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.definitions import AgentDefinition
    from orchestrator.plugin.surroundings import Surroundings

HEAD = (
    "---\nname: {}\ndescription: {} the report of a month.\n"
    "x-orchestrate:\n  version: 1.0.0\n  schema: 1\n  {}\n---\nHandle reports.\n"
)
WRITER = HEAD.format("writer", "Writes", "hands_off_to: [reader]")
MANIFEST = {".claude-plugin/plugin.json": '{"name": "demo"}'}


def find(agent: AgentDefinition, around: Surroundings) -> Iterator[Fault]:
    for index, name in enumerate(agent.hands_off_to):
        for target in around.here.agents.get(around.bare(name), ())[:1]:
            if target.is_contract and agent.name not in target.receives_from:
                yield Fault(
                    message=f'"{name}" does not say that it receives from "{agent.name}"',
                    pointer=(OURS, "hands_off_to", index),
                    fix=f"Add {agent.name} to receives_from of {name}.",
                )


CHECK = Check(
    id="one-sided-hand-off",
    severity="error",
    of=("agent",),
    why="the receiver does not know what it is given, nor in which form",
    mend="name the giver in receives_from of the receiver",
    find=find,
    fires_on=(
        MANIFEST
        | {"agents/writer.md": WRITER, "agents/reader.md": HEAD.format("reader", "Reads", "receives_from: []")},
    ),
    silent_on=(
        MANIFEST
        | {"agents/writer.md": WRITER, "agents/reader.md": HEAD.format("reader", "Reads", "receives_from: [writer]")},
    ),
)
