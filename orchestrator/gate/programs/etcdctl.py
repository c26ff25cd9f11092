"""etcdctl is the client of etcd."""

from __future__ import annotations

from orchestrator.gate.options import parse
from orchestrator.gate.stores import verbs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_VALUED = (
    "endpoints cacert cert key user password dial-timeout command-timeout write-out keepalive-time keepalive-timeout "
    "discovery-srv lease data-dir name initial-cluster"
)
_EFFECTS = {
    "put": "change-keys",
    "rm": "change-keys",
    "set": "change-keys",
    "lease revoke": "change-keys",
    "compact": "administer-server",
    "compaction": "administer-server",
    "member remove": "administer-server",
    "member add": "administer-server",
    "auth": "administer-server",
    "user": "administer-server",
    "role": "administer-server",
    "move-leader": "fail-over",
    "snapshot restore": "restore-over-database",
}
_READS = ("user list", "user get", "role list", "role get", "auth status")


def read(call: Call) -> None:
    found = parse(call.args, "w:", verbs.valued(_VALUED))
    words = found.operands
    if verbs.only_tells(found) or " ".join(words[:2]) in _READS:
        return
    if words[:1] == ["del"]:
        everything = found.has("prefix", "from-key") and (not words[1:] or words[1] in ("", "/", "\\0"))
        call.effect("flush-store" if everything else "change-keys")
        return
    rule = verbs.row(words, _EFFECTS)
    if rule:
        call.effect(rule)
    elif words[:1] == ["txn"] and call.stdin and any(word in call.stdin for word in ("put ", "del ")):
        call.effect("change-keys")
