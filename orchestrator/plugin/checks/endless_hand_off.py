"""Agents hand work to each other and to nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestrator.plugin.definitions import OURS
from orchestrator.plugin.record import Check, Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.definitions import AgentDefinition
    from orchestrator.plugin.surroundings import Surroundings

HEAD = (
    "---\nname: {}\ndescription: {} the report of a month.\nx-orchestrate:\n  version: 1.0.0\n  schema: 1\n"
    "  receives_from: [{}]\n  hands_off_to: [{}]\n---\nHandle reports.\n"
)
MANIFEST = {".claude-plugin/plugin.json": '{"name": "demo"}'}
WRITER = HEAD.format("writer", "Writes", "reader", "reader")


def find(agent: AgentDefinition, around: Surroundings) -> Iterator[Fault]:
    reached: list[str] = []
    waiting = [around.bare(name) for name in agent.hands_off_to]
    while waiting:
        name = waiting.pop()
        if name in reached:
            continue
        reached.append(name)
        found = around.agent(name)
        if found is None or not found.hands_off_to:
            return  # work ends there, or nobody knows what happens there
        waiting += [around.bare(each) for each in found.hands_off_to]
    if agent.name in reached:
        yield Fault(
            message=f"what {agent.name} hands off comes back without end: {', '.join(sorted(reached))}",
            pointer=(OURS, "hands_off_to"),
        )


CHECK = Check(
    id="endless-hand-off",
    severity="warning",
    of=("agent",),
    why="no agent of the circle finishes the work, so it goes round until a budget ends",
    mend="let one of the agents hand off to nobody",
    find=find,
    fires_on=(
        MANIFEST | {"agents/writer.md": WRITER, "agents/reader.md": HEAD.format("reader", "Reads", "writer", "writer")},
        MANIFEST | {"agents/writer.md": HEAD.format("writer", "Writes", "writer", "writer")},
    ),
    silent_on=(
        MANIFEST
        | {
            "agents/writer.md": HEAD.format("writer", "Writes", "", "reader"),
            "agents/reader.md": HEAD.format("reader", "Reads", "writer", ""),
        },
        MANIFEST
        | {
            "agents/writer.md": WRITER,
            "agents/reader.md": HEAD.format("reader", "Reads", "writer", "writer, printer"),
            "agents/printer.md": HEAD.format("printer", "Prints", "reader", ""),
        },
    ),
)
