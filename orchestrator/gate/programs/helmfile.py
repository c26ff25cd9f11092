"""helmfile installs and removes many releases at once."""

from __future__ import annotations

from orchestrator.gate.stores import verbs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_VALUED = (
    "file environment selector namespace kube-context state-values-set state-values-file args helm-binary log-level"
)
_EFFECTS = {"destroy": "destroy-infrastructure", "delete": "destroy-infrastructure"}


def read(call: Call) -> None:
    verbs.judge(call, _EFFECTS, _VALUED, "f:e:l:n:")
