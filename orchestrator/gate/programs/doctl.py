"""doctl is the command line of DigitalOcean."""

from __future__ import annotations

from orchestrator.gate.stores import verbs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_VALUED = "access-token api-url config context output region size engine version num-nodes"
_EFFECTS = {
    "databases delete": "destroy-cloud-database",
    "databases rm": "destroy-cloud-database",
    "databases db delete": "destroy-cloud-database",
    "database delete": "destroy-cloud-database",
    "databases replica delete": "destroy-cloud-database",
    "databases replica promote": "fail-over",
    "databases user delete": "remove-database-user",
    "databases user reset": "administer-server",
    "databases migrate": "administer-server",
    "databases resize": "administer-server",
    "kubernetes cluster delete": "destroy-infrastructure",
    "compute volume delete": "destroy-volume",
    "compute volume-snapshot delete": "remove-backup",
}


def read(call: Call) -> None:
    verbs.judge(call, _EFFECTS, _VALUED, "t:c:o:u:")
