"""ibmcloud is the command line of IBM's cloud."""

from __future__ import annotations

from orchestrator.gate.stores import verbs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_VALUED = "g r"
_EFFECTS = {
    "resource service-instance-delete": "destroy-infrastructure",
    "cdb user-password": "administer-server",
}


def read(call: Call) -> None:
    verbs.judge(call, _EFFECTS, _VALUED, "g:r:")
