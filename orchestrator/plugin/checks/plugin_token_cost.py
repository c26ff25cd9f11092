"""All agents and skills of a plugin together are long for what is sent with every request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestrator.plugin import cost
from orchestrator.plugin.record import Check, Fault
from orchestrator.plugin.sample import MANIFEST, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.surroundings import Surroundings

NOTE = 1_500
LONG = "Writes the report of a month from its numbers. " * 8


def find(subject: object, around: Surroundings) -> Iterator[Fault]:  # noqa: ARG001
    agents = [cost.listed(found) for found in around.here.every_agent]
    skills = [
        cost.listed(found)
        for found in around.here.every_skill
        if found.document.data.get("disable-model-invocation") is not True
    ]
    total = sum(agents) + sum(skills)
    if total > NOTE:
        yield Fault(
            message=f"{len(agents)} agents and {len(skills)} skills are about {total} tokens in every request "
            "(inferred: 4 characters a token)"
        )


CHECK = Check(
    id="plugin-token-cost",
    severity="note",
    of=("tree",),
    why="the client lists every name and description in every request of everybody who has the plugin",
    mend="shorten the longest descriptions, or divide the plugin",
    source="https://code.claude.com/docs/en/plugins-reference",
    find=find,
    fires_on=(MANIFEST | {f"agents/a{n}.md": plain(name=f"a{n}", description=f"{LONG}{n}.") for n in range(20)},),
    silent_on=(MANIFEST | {"agents/example.md": plain()},),
)
