"""serverless deploys and removes services."""

from __future__ import annotations

from orchestrator.gate.stores import verbs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_VALUED = "stage region config aws-profile"
_EFFECTS = {
    "remove": "destroy-infrastructure",
}


def read(call: Call) -> None:
    verbs.judge(call, _EFFECTS, _VALUED, "s:r:c:")
