"""tiger is the command line of Timescale's cloud."""

from __future__ import annotations

from orchestrator.gate.stores import verbs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_VALUED = "project-id service-id config-dir name"
_EFFECTS = {
    "service delete": "destroy-cloud-database",
    "svc delete": "destroy-cloud-database",
    "service update-password": "administer-server",
    "service stop": "stop-server",
}


def read(call: Call) -> None:
    verbs.judge(call, _EFFECTS, _VALUED, "")
