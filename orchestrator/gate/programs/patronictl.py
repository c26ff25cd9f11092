"""patronictl administers a Patroni cluster."""

from __future__ import annotations

from orchestrator.gate.options import parse
from orchestrator.gate.stores import feed, verbs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_EFFECTS = {
    "remove": "wipe-cluster-member",
    "reinit": "wipe-cluster-member",
    "failover": "fail-over",
    "switchover": "fail-over",
    "demote-cluster": "fail-over",
    "promote-cluster": "fail-over",
    "restart": "stop-server",
    "edit-config": "administer-server",
    "pause": "administer-server",
    "flush": "administer-server",
}
_VALUED = "config-file dcs-url dcs command file member role username dbname format watch group"


def read(call: Call) -> None:
    found = parse(call.args, "c:d:m:r:f:U:w:W", verbs.valued(_VALUED))
    if verbs.only_tells(found):
        return
    if found.operands[:1] == ["query"]:
        _query(call)
        return
    rule = verbs.row(found.operands, _EFFECTS)
    if rule:
        call.effect(rule)


def _query(call: Call) -> None:
    # Before the word, -c is the configuration; after it, SQL.
    found = parse(call.args[call.args.index("query") + 1 :], "c:d:m:r:f:U:w:W", verbs.valued(_VALUED))
    feed.give(call, "postgresql", found.values("c", "command"), found.values("f", "file"))
