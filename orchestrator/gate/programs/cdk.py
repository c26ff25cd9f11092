"""cdk makes, changes and destroys stacks in Amazon's cloud."""

from __future__ import annotations

from orchestrator.gate.stores import verbs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_VALUED = "app context plugin profile output role-arn ca-bundle-path proxy toolkit-stack-name"
_EFFECTS = {
    "destroy": "destroy-infrastructure",
}


def read(call: Call) -> None:
    verbs.judge(call, _EFFECTS, _VALUED, "a:c:p:o:r:")
