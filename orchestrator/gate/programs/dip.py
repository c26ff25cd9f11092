"""dip: starts a program of a Rails project in its container."""

from __future__ import annotations

from orchestrator.gate.launch import front, program

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    words = front(call.args, "").rest
    program(call, words[1:] if words[:1] == ["run"] else words)
