"""Buffalo, whose `pop` is soda."""

from __future__ import annotations

from orchestrator.gate.task import unread

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    if call.args[:1] in (["pop"], ["db"]):
        call.run(["soda", *call.args[1:]])
    elif call.args[:1] in (["task"], ["t"]) and call.args[1:]:
        unread(call, call.args[1])
