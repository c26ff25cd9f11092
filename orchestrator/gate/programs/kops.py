"""kops makes and deletes clusters."""

from __future__ import annotations

from orchestrator.gate.stores import verbs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_VALUED = "name state config"
_EFFECTS = {
    "delete cluster": "destroy-infrastructure",
}


def read(call: Call) -> None:
    verbs.judge(call, _EFFECTS, _VALUED, "")
