"""yc is the command line of Yandex Cloud."""

from __future__ import annotations

from orchestrator.gate.stores import verbs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_VALUED = "profile folder-id cloud-id token format name id"
_EFFECTS = {
    "managed-postgresql cluster delete": "destroy-cloud-database",
    "managed-postgresql database delete": "destroy-cloud-database",
    "managed-mysql cluster delete": "destroy-cloud-database",
    "managed-mysql database delete": "destroy-cloud-database",
    "managed-clickhouse cluster delete": "destroy-cloud-database",
    "managed-clickhouse database delete": "destroy-cloud-database",
    "managed-mongodb cluster delete": "destroy-cloud-database",
    "managed-mongodb database delete": "destroy-cloud-database",
    "managed-redis cluster delete": "destroy-cloud-database",
    "managed-redis database delete": "destroy-cloud-database",
}


def read(call: Call) -> None:
    verbs.judge(call, _EFFECTS, _VALUED, "")
