"""lxc runs programs in LXD's containers."""

from __future__ import annotations

from orchestrator.gate.options import parse
from orchestrator.gate.stores import containers, verbs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_LONG = verbs.valued("mode env cwd user group project")


def read(call: Call) -> None:
    words = call.args
    if words[:1] == ["exec"]:
        rest = parse(words[1:], "n", _LONG, stop=True).rest[1:]
        inside = parse(rest, "nT", _LONG, stop=True)
        containers.inner(call, inside.rest or inside.operands)
