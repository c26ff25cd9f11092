"""avn is the command line of Aiven."""

from __future__ import annotations

from orchestrator.gate.stores import verbs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_VALUED = "project config auth-ca auth-token dbname username cloud plan service-type"
_EFFECTS = {
    "service terminate": "destroy-cloud-database",
    "service database-delete": "destroy-cloud-database",
    "service topic-delete": "destroy-cloud-database",
    "service user-delete": "remove-database-user",
    "service user-password-reset": "administer-server",
    "service connection-pool-delete": "administer-server",
    "project delete": "destroy-infrastructure",
}


def read(call: Call) -> None:
    verbs.judge(call, _EFFECTS, _VALUED, "")
