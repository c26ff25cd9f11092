"""gcloud is the command line of Google's cloud."""

from __future__ import annotations

from orchestrator.gate.options import parse
from orchestrator.gate.stores import feed, verbs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_VALUED = (
    "project account configuration format filter billing-project impersonate-service-account verbosity flags-file "
    "access-token-file instance cluster region zone database user host password sql command container ssh-flag "
    "ssh-key-file strict-host-key-checking instance-id"
)
_DESTROYED = "destroy-cloud-database"
_EFFECTS = {
    "sql instances delete": _DESTROYED,
    "sql databases delete": _DESTROYED,
    "sql instances restore-backup": "restore-over-database",
    "sql backups restore": "restore-over-database",
    "sql backups delete": "remove-backup",
    "sql import": "restore-over-database",
    "sql instances restart": "stop-server",
    "sql instances failover": "fail-over",
    "sql instances promote-replica": "fail-over",
    "sql instances reset-ssl-config": "administer-server",
    "sql instances patch": "administer-server",
    "sql users delete": "remove-database-user",
    "sql users create": "add-database-user",
    "sql users set-password": "add-database-user",
    "spanner instances delete": _DESTROYED,
    "spanner databases delete": _DESTROYED,
    "spanner databases ddl update": "unread-sql",
    "spanner rows": "change-documents",
    "alloydb clusters delete": _DESTROYED,
    "alloydb instances delete": _DESTROYED,
    "bigtable instances delete": _DESTROYED,
    "bigtable clusters delete": _DESTROYED,
    "bigtable instances tables delete": _DESTROYED,
    "firestore databases delete": _DESTROYED,
    "firestore import": "restore-over-database",
    "firestore bulk-delete": "drop-collection",
    "redis instances delete": _DESTROYED,
    "redis clusters delete": _DESTROYED,
    "memcache instances delete": _DESTROYED,
    "compute disks delete": "destroy-volume",
    "container clusters delete": "destroy-infrastructure",
    "projects delete": "destroy-infrastructure",
}


def read(call: Call) -> None:
    before = call.args
    inside: list[str] = []
    if "--" in before:
        at = before.index("--")
        before, inside = before[:at], before[at + 1 :]
    found = parse(before, "q", verbs.valued(_VALUED))
    words = [word for word in found.operands if word not in ("alpha", "beta")]
    if verbs.only_tells(found) or not words:
        return
    if words[:2] == ["sql", "connect"] or words[:3] == ["spanner", "databases", "execute-sql"]:
        feed.give(call, "postgresql", found.values("sql"))
    elif words[:2] == ["compute", "ssh"]:
        _ssh(call, found.values("command"), inside)
    else:
        rule = verbs.row(words, _EFFECTS)
        if rule:
            call.effect(rule)


def _ssh(call: Call, commands: list[str], inside: list[str]) -> None:
    for text in commands + ([" ".join(inside)] if inside else []):
        call.run(["bash", "-c", text], remote=True)
