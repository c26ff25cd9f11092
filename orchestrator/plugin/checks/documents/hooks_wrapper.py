"""Events without the `hooks` around them, or with one too many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestrator.plugin import wiring
from orchestrator.plugin.record import Check, Fault
from orchestrator.plugin.sample import manifested, program, wired

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.documents import DataFile
    from orchestrator.plugin.surroundings import Surroundings


def find(document: DataFile, around: Surroundings) -> Iterator[Fault]:  # noqa: ARG001
    known = wiring.known_events()
    if document.kind == "hooks" and not document.mapping.keys() & {"hooks", "modules"} and document.is_complete:
        events = [key for key in document.mapping if key in known]
        what = f"{events[0]} stands at the top" if events else "the file has neither `hooks` nor `modules`"
        fix = "Put everything into an object under the key `hooks`."
        yield Fault(message=f"{what}: the client refuses the whole plugin", pointer=tuple(events[:1]), fix=fix)
    for pointer, held in wiring.events(document):
        if document.kind == "plugin" and isinstance(held.get("hooks"), dict):
            message = "the events stand one level too deep: none of these hooks runs"
            yield Fault(message=message, pointer=(*pointer, "hooks"), fix="Remove the inner `hooks`.")


CHECK = Check(
    id="hooks-wrapper",
    severity="error",
    of=("hooks", "plugin"),
    why="the client finds no hooks where it looks for them: none runs, and the whole plugin may be refused",
    mend='in hooks.json write {"hooks": {"PreToolUse": …}}, in plugin.json "hooks": {"PreToolUse": …}',
    source="https://code.claude.com/docs/en/hooks#configuration",
    find=find,
    fires_on=(
        manifested() | {"hooks/hooks.json": '{"PreToolUse": []}'},
        manifested() | {"hooks/hooks.json": "{}"},
        manifested(hooks={"hooks": {"Stop": []}}),
    ),
    silent_on=(
        wired(program()),
        manifested() | {"hooks/hooks.json": '{"modules": []}'},
    ),
)
