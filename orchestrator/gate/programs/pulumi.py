"""pulumi makes, changes and destroys infrastructure."""

from __future__ import annotations

from orchestrator.gate.stores import verbs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_VALUED = "stack cwd color config message parallel target target-replace exclude config-file secrets-provider verbose"
_EFFECTS = {
    "destroy": "destroy-infrastructure",
    "down": "destroy-infrastructure",
    "dn": "destroy-infrastructure",
    "stack rm": "destroy-infrastructure",
}


def read(call: Call) -> None:
    if "--preview-only" not in call.args:
        verbs.judge(call, _EFFECTS, _VALUED, "s:C:m:c:p:t:v:")
