"""cockroach is the server of CockroachDB and its client."""

from __future__ import annotations

from orchestrator.gate.options import parse
from orchestrator.gate.stores import feed, verbs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_VALUED = "execute file url host port user database certs-dir format set watch cluster-name drain-wait max-offset"
_EFFECTS = {
    "node decommission": "administer-server",
    "node drain": "stop-server",
    "quit": "stop-server",
    "workload": "load-data",
    "import": "load-data",
    "nodelocal upload": "load-data",
}


def read(call: Call) -> None:
    found = parse(call.args, "e:f:u:p:d:s:", verbs.valued(_VALUED))
    if verbs.only_tells(found):
        return
    if found.operands[:1] == ["sql"]:
        feed.give(call, "postgresql", found.values("e", "execute"), found.values("f", "file"))
        return
    rule = verbs.row(found.operands, _EFFECTS)
    if rule:
        call.effect(rule)
