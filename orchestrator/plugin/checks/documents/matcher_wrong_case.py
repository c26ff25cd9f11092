"""A matcher that names a tool in another case than the client."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from orchestrator.plugin import grants, wiring
from orchestrator.plugin.record import Check, Fault
from orchestrator.plugin.sample import program, wired

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.documents import DataFile
    from orchestrator.plugin.surroundings import Surroundings


_OF_TOOLS = frozenset({"PreToolUse", "PostToolUse", "PostToolUseFailure", "PermissionRequest", "PermissionDenied"})


def find(document: DataFile, around: Surroundings) -> Iterator[Fault]:  # noqa: ARG001
    tools = {name.lower(): name for name in grants.BUILT_IN}
    for group in wiring.groups(document):
        if group.event not in _OF_TOOLS:
            continue
        for name in re.split(r"[\s,|]+", group.matcher):
            right = tools.get(name.lower(), name)
            if right != name:
                message = f'no tool is called "{name}"'
                yield Fault(message=message, pointer=(*group.pointer, "matcher"), fix=f"Write {right}.")


CHECK = Check(
    id="matcher-wrong-case",
    severity="error",
    of=wiring.HOLD_HOOKS,
    why="matchers are case-sensitive: the hook never runs",
    mend="write the name of the tool as the client does",
    source="https://code.claude.com/docs/en/hooks#matcher-patterns",
    find=find,
    fires_on=(
        wired(program(), matcher="bash"),
        wired(program(), matcher="Write|edit"),
    ),
    silent_on=(
        wired(program()),
        wired(program(), matcher="mcp__demo__bash"),
        wired(program(), event="SubagentStop", matcher="bash"),
    ),
)
