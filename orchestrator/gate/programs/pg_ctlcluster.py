"""pg_ctlcluster starts, stops and promotes one of Debian's clusters."""

from __future__ import annotations

from orchestrator.gate.options import parse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_ACTIONS = {"stop": "stop-server", "restart": "stop-server", "promote": "fail-over"}


def read(call: Call) -> None:
    found = parse(call.args, "m:o:", {"mode=": "m", "options=": "o"})
    for word in found.operands[1:3]:
        if word in _ACTIONS and not found.has("help"):
            call.effect(_ACTIONS[word])
            return
