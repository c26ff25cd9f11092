"""firebase is the command line of Firebase, with two databases behind it."""

from __future__ import annotations

from orchestrator.gate.options import parse
from orchestrator.gate.stores import verbs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_LONG = verbs.valued("project token account config database instance data only")
_EFFECTS = {
    "database:set": "change-documents",
    "database:update": "change-documents",
    "database:push": "change-documents",
    "database:import": "restore-over-database",
    "firestore:databases:delete": "destroy-cloud-database",
    "firestore:databases:restore": "restore-over-database",
    "firestore:backups:delete": "remove-backup",
    "dataconnect:sql:migrate": "run-migration",
}


def read(call: Call) -> None:
    found = parse(call.args, "P:d:", _LONG)
    words = found.operands
    if verbs.only_tells(found) or found.has("h") or not words:
        return
    if words[0] == "database:remove":
        call.effect("change-documents" if "".join(words[1:2]).strip("/") else "delete-all-records")
    elif words[0] == "firestore:delete":
        whole = found.has("all-collections")
        deep = found.has("recursive", "r")
        call.effect("delete-all-records" if whole else "drop-collection" if deep else "change-documents")
    else:
        rule = verbs.row(words, _EFFECTS)
        if rule:
            call.effect(rule)
