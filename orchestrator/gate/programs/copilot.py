"""copilot deploys services to Amazon's cloud."""

from __future__ import annotations

from orchestrator.gate.stores import verbs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_VALUED = "app name env profile"
_EFFECTS = {
    "app delete": "destroy-infrastructure",
    "env delete": "destroy-infrastructure",
    "storage delete": "destroy-cloud-database",
}


def read(call: Call) -> None:
    verbs.judge(call, _EFFECTS, _VALUED, "a:n:e:")
