"""scw is the command line of Scaleway."""

from __future__ import annotations

from orchestrator.gate.stores import verbs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_VALUED = "config profile output region"
_EFFECTS = {
    "rdb instance delete": "destroy-cloud-database",
    "rdb database delete": "destroy-cloud-database",
    "rdb backup delete": "remove-backup",
    "rdb backup restore": "restore-over-database",
    "rdb instance restart": "stop-server",
    "redis cluster delete": "destroy-cloud-database",
    "mongodb instance delete": "destroy-cloud-database",
}


def read(call: Call) -> None:
    verbs.judge(call, _EFFECTS, _VALUED, "p:o:D:c:")
