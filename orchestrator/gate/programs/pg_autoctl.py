"""pg_autoctl administers a pg_auto_failover cluster."""

from __future__ import annotations

from orchestrator.gate.options import parse
from orchestrator.gate.stores import verbs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_EFFECTS = {
    "perform": "fail-over",
    "stop": "stop-server",
    "drop": "administer-server",
    "enable maintenance": "administer-server",
    "disable maintenance": "administer-server",
}


def read(call: Call) -> None:
    found = parse(call.args, "", verbs.valued("pgdata formation group monitor hostname pgport name"))
    if verbs.only_tells(found):
        return
    rule = verbs.row(found.operands, _EFFECTS)
    if found.has("destroy") and found.operands[:1] == ["drop"]:
        call.effect("wipe-cluster-member")
    elif rule:
        call.effect(rule)
