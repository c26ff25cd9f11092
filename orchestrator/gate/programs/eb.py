"""eb deploys applications to Elastic Beanstalk; an environment may hold its own database."""

from __future__ import annotations

from orchestrator.gate.stores import verbs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_VALUED = "profile region"
_EFFECTS = {
    "terminate": "destroy-infrastructure",
}


def read(call: Call) -> None:
    verbs.judge(call, _EFFECTS, _VALUED, "r:")
