"""Work is handed to, or taken from, an agent that is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestrator.plugin import bundled
from orchestrator.plugin.definitions import OURS
from orchestrator.plugin.record import Check, Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.definitions import AgentDefinition
    from orchestrator.plugin.surroundings import Surroundings

HEAD = (
    "---\nname: example\ndescription: Writes the report of a month.\n"
    "x-orchestrate:\n  version: 1.0.0\n  schema: 1\n  hands_off_to: [{}]\n---\nWrite reports.\n"
)


def find(agent: AgentDefinition, around: Surroundings) -> Iterator[Fault]:
    for key, names in (("receives_from", agent.receives_from), ("hands_off_to", agent.hands_off_to)):
        for index, name in enumerate(names):
            if around.agent(name) is None and name not in bundled.AGENTS:
                known = ", ".join(sorted(around.here.agents))
                yield Fault(
                    message=f'there is no agent "{name}"',
                    pointer=(OURS, key, index),
                    severity="note" if around.is_foreign(name) else around.unknown,
                    fix=f"Use one of: {known}." if known else "Write the agent, or remove the name.",
                )


CHECK = Check(
    id="unknown-agent",
    severity="error",
    of=("agent",),
    why="work that is handed to nobody is lost",
    mend="write the agent, or remove the name",
    find=find,
    fires_on=(HEAD.format("nobody"),),
    silent_on=(
        HEAD.format(""),
        {
            "agents/example.md": HEAD.format("reader"),
            "agents/reader.md": HEAD.format("")
            .replace("name: example", "name: reader")
            .replace("Writes the", "Reads the")
            .replace("hands_off_to: []", "receives_from: [example]"),
            ".claude-plugin/plugin.json": '{"name": "demo"}',
        },
    ),
)
