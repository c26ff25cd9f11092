"""eksctl makes and deletes clusters in Amazon's cloud."""

from __future__ import annotations

from orchestrator.gate.stores import verbs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_VALUED = "name region profile config-file cluster verbose"
_EFFECTS = {
    "delete cluster": "destroy-infrastructure",
}


def read(call: Call) -> None:
    verbs.judge(call, _EFFECTS, _VALUED, "n:r:p:f:v:")
