"""multipass runs programs in virtual machines."""

from __future__ import annotations

from orchestrator.gate.options import parse
from orchestrator.gate.stores import containers, verbs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_LONG = verbs.valued("working-directory")


def read(call: Call) -> None:
    words = call.args
    if words[:1] == ["exec"]:
        rest = parse(words[1:], "d:", _LONG, stop=True).rest[1:]
        inside = parse(rest, "d:", _LONG, stop=True)
        containers.inner(call, inside.rest or inside.operands)
