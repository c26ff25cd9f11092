"""pg_ctl starts, stops and promotes a server."""

from __future__ import annotations

from orchestrator.gate.options import parse
from orchestrator.gate.programs import initdb

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_LONG = {
    "pgdata=": "D", "log=": "l", "mode=": "m", "options=": "o", "timeout=": "t", "help": "help", "version": "version",
}  # fmt: skip
_ACTIONS = {"stop": "stop-server", "restart": "stop-server", "kill": "stop-server", "promote": "fail-over"}


def read(call: Call) -> None:
    found = parse(call.args, "D:l:m:o:p:t:N:P:U:S:e:", _LONG)
    if found.has("help", "version", "?", "V"):
        return
    for action in found.operands[:1]:
        if action in _ACTIONS:
            call.effect(_ACTIONS[action])
        elif action in ("init", "initdb"):
            initdb.judge(call, found.last("D"))
