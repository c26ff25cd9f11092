"""A matcher that no tool and no agent can have."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from orchestrator.plugin import jsregex, wiring
from orchestrator.plugin.record import Check, Fault
from orchestrator.plugin.sample import program, wired

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.documents import DataFile
    from orchestrator.plugin.surroundings import Surroundings


_PERMISSION = re.compile(r"^[A-Za-z_]+\(.*\)$", re.DOTALL)
_NAMES = re.compile(r"^[\w\s,|-]*$")


def find(document: DataFile, around: Surroundings) -> Iterator[Fault]:  # noqa: ARG001
    for group in wiring.groups(document):
        matcher = group.matcher
        if _NAMES.match(matcher) or matcher == "*":
            continue
        pointer = (*group.pointer, "matcher")
        if _PERMISSION.match(matcher):
            name = matcher.partition("(")[0]
            fix = f"Write {name}, and look at what is asked for in the hook."
            message = f"{matcher} is a permission rule: as a matcher it fits no tool"
            yield Fault(message=message, pointer=pointer, fix=fix)
        elif fault := jsregex.fault(matcher):
            yield Fault(message=f"the matcher is no regular expression of JavaScript: {fault}", pointer=pointer)


CHECK = Check(
    id="matcher-never-fires",
    severity="error",
    of=wiring.HOLD_HOOKS,
    why="the hook never runs, and nothing says so",
    mend="write the name of a tool, names joined by |, or a regular expression of JavaScript on the name",
    source="https://code.claude.com/docs/en/hooks#matcher-patterns",
    find=find,
    fires_on=(
        wired(program(), matcher="Bash(git push *)"),
        wired(program(), matcher="*.py"),
        wired(program(), matcher="Bash|(Write"),
        wired(program(), matcher="(?i)^bash$"),
    ),
    silent_on=(
        wired(program(), matcher="Bash"),
        wired(program(), matcher="Write, Edit|Bash"),
        wired(program(), matcher="*"),
        wired(program(), matcher="^(Write|mcp__.*)$"),
        wired(program(), event="SubagentStop", matcher="demo:.*"),
    ),
)
