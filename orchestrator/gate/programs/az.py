"""az is the command line of Microsoft's cloud."""

from __future__ import annotations

from orchestrator.gate.options import Options, parse
from orchestrator.gate.stores import feed, verbs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_VALUED = (
    "subscription output query name resource-group server server-name ids admin-user admin-password "
    "database-name querytext "
    "file-path account-name container-name restore-time source-server"
)
_SHORT = "n:g:s:o:u:p:d:q:f:a:"
_GROUPS = frozenset("postgres mysql mariadb sql cosmosdb redis redisenterprise managed-cassandra synapse kusto".split())
_NOT_DATA = ("firewall-rule", "ad-admin", "vnet-rule", "key", "parameter", "identity", "private-endpoint-connection",
             "virtual-endpoint", "threat-protection-policy", "outbound-firewall-rule", "role", "tde",
             "elastic-pool")  # fmt: skip
_STOPS = ("stop", "restart")


def read(call: Call) -> None:
    found = parse(call.args, _SHORT, verbs.valued(_VALUED))
    words = found.operands
    if verbs.only_tells(found) or found.has("h") or not words:
        return
    if words[0] == "group" and words[1:2] == ["delete"]:
        call.effect("destroy-infrastructure")
    if words[0] in _GROUPS and not any(word in _NOT_DATA for word in words):
        _database(call, found)


def _database(call: Call, found: Options) -> None:
    words = found.operands
    if "execute" in words:
        texts = found.values("querytext", "q")
        feed.give(call, "mysql" if words[0] == "mysql" else "postgresql", texts, found.values("file-path", "f"))
    elif "delete" in words:
        call.effect("remove-backup" if "backup" in words else "destroy-cloud-database")
    elif words[:2] == ["redis", "flush"]:
        call.effect("flush-store")
    elif any(word in _STOPS for word in words):
        call.effect("stop-server")
    elif "restore" in words or words[-1:] == ["import"]:
        call.effect("restore-over-database")
    elif found.has("admin-password"):
        call.effect("administer-server")
