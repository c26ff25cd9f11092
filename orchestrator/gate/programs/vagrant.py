"""vagrant runs commands in virtual machines."""

from __future__ import annotations

from orchestrator.gate.options import parse
from orchestrator.gate.stores import containers, verbs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_LONG = verbs.valued("command")


def read(call: Call) -> None:
    words = call.args
    if words[:1] == ["ssh"]:
        for text in parse(words[1:], "c:p", _LONG).values("c", "command"):
            containers.inner(call, ["bash", "-c", text])
