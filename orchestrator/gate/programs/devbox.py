"""Devbox: `devbox run` starts a script of devbox.json or a program."""

from __future__ import annotations

from orchestrator.gate.event import decode
from orchestrator.gate.launch import front, program
from orchestrator.gate.task import lines

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


VALUED = "-c --config -e --env --env-file --environment"


def read(call: Call) -> None:
    outer = front(call.args, VALUED)
    inner = front(outer.rest[1:], VALUED)
    if outer.rest[:1] != ["run"] or not inner.rest:
        return
    text = _script(call, inner.rest[0])
    if text is None:
        program(call, inner.rest)
    else:
        lines(call, text)


def _script(call: Call, name: str) -> str | None:
    try:
        found = decode(call.read("devbox.json") or "")
    except ValueError:
        return None
    for key in ("shell", "scripts", name):
        found = found.get(key) if isinstance(found, dict) else None
    if isinstance(found, list):
        return "\n".join([each for each in found if isinstance(each, str)])
    return found if isinstance(found, str) else None
