"""Two agents of one tree have the same name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestrator.plugin.record import Check, Fault
from orchestrator.plugin.sample import MANIFEST, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.definitions import AgentDefinition
    from orchestrator.plugin.surroundings import Surroundings


def find(agent: AgentDefinition, around: Surroundings) -> Iterator[Fault]:
    others = [found for found in around.here.agents.get(agent.name, ()) if found.path != agent.path]
    if not others:
        return
    where = ", ".join(found.document.file for found in others)
    # A plugin's folders are part of the name, so the client keeps both; our own records go by the name alone.
    apart = around.kind == "plugin" and all(found.path.parent != agent.path.parent for found in others)
    is_lost = not apart or agent.is_contract or any(found.is_contract for found in others)
    yield Fault(
        message=f'"{agent.name}" is defined twice, also in {where}',
        pointer=("name",),
        severity="error" if is_lost else "warning",
    )


CHECK = Check(
    id="duplicate-agent",
    severity="error",
    of=("agent",),
    why="of one folder, and of a whole project, the client keeps one of them and says nothing",
    mend="rename one of the two, or remove it",
    source="https://code.claude.com/docs/en/sub-agents#choose-the-subagent-scope",
    find=find,
    fires_on=(
        MANIFEST | {"agents/a.md": plain(name="example"), "agents/b.md": plain(name="example", body="Read.\n")},
        {".claude/agents/a.md": plain(name="example"), ".claude/agents/more/b.md": plain(name="example")},
    ),
    silent_on=(
        MANIFEST | {"agents/a.md": plain(name="a"), "agents/b.md": plain(name="b")},
        {"one/agents/a.md": plain(name="example"), "two/agents/a.md": plain(name="example")},
    ),
)
