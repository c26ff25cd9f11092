"""A hook that stands beside its matcher instead of in a list under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestrator.plugin import wiring
from orchestrator.plugin.record import Check, Fault
from orchestrator.plugin.sample import manifested, program, wired

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.documents import DataFile
    from orchestrator.plugin.surroundings import Surroundings


_OF_A_HOOK = frozenset({"type", "command", "url", "prompt", "server", "tool", "args"})


def find(document: DataFile, around: Surroundings) -> Iterator[Fault]:  # noqa: ARG001
    for group in wiring.groups(document):
        if isinstance(group.data, dict) and "hooks" not in group.data and group.data.keys() & _OF_A_HOOK:
            effect = "the whole plugin is refused" if group.event in wiring.GUARDING else "the entry is dropped"
            yield Fault(message=f"the hook has no list `hooks` around it: {effect}", pointer=group.pointer)


CHECK = Check(
    id="flat-hook",
    severity="error",
    of=wiring.HOLD_HOOKS,
    why="at PreToolUse and PermissionRequest the client refuses the whole plugin, elsewhere it drops the entry",
    mend='write {"matcher": …, "hooks": [{"type": "command", …}]}',
    source="https://code.claude.com/docs/en/hooks#configuration",
    find=find,
    fires_on=(
        manifested(hooks={"PreToolUse": [{"matcher": "Bash", "command": "look"}]}),
        manifested() | {"hooks/hooks.json": '{"hooks": {"Stop": [{"type": "command", "command": "look"}]}}'},
    ),
    silent_on=(
        wired(program()),
        manifested(hooks={"Stop": [{"hooks": []}]}),
    ),
)
