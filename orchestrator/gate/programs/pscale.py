"""pscale is the command line of PlanetScale."""

from __future__ import annotations

from orchestrator.gate.options import parse
from orchestrator.gate.stores import mysql, verbs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_VALUED = (
    "org config api-url api-token service-token service-token-id format remote-addr local-addr role output dir query "
    "execute"
)
_EFFECTS = {
    "database delete": "destroy-cloud-database",
    "branch delete": "destroy-cloud-database",
    "keyspace delete": "destroy-cloud-database",
    "backup delete": "remove-backup",
    "backup restore": "restore-over-database",
    "branch promote": "fork-cloud-database",
    "branch demote": "fork-cloud-database",
    "branch refresh-schema": "fork-cloud-database",
    "branch safe-migrations disable": "administer-server",
    "deploy-request deploy": "fork-cloud-database",
    "deploy-request revert": "fork-cloud-database",
    "password delete": "remove-database-user",
    "password create": "add-database-user",
    "role delete": "remove-database-user",
    "database restore-dump": "restore-over-database",
}
_SHORT_NAMES = {"db": "database", "databases": "database", "dr": "deploy-request", "branches": "branch"}


def read(call: Call) -> None:
    found = parse(call.args, "f:", verbs.valued(_VALUED))
    words = [_SHORT_NAMES.get(word, word) for word in found.operands[:1]] + found.operands[1:]
    if verbs.only_tells(found) or found.has("h"):
        return
    rule = verbs.row(words, _EFFECTS)
    if words[:1] in (["shell"], ["sql"]):
        for text in found.values("query", "execute") or [call.stdin or ""]:
            mysql.judge(call, text)
    elif words[:1] == ["connect"] and "--execute" in call.args:
        call.shell(" ".join(call.args[call.args.index("--execute") + 1 :][:1]))
    elif rule:
        call.effect(rule)
