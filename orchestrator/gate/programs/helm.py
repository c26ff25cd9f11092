"""helm installs and removes releases of charts."""

from __future__ import annotations

from orchestrator.gate.options import parse
from orchestrator.gate.stores import names, verbs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_VALUED = (
    "kube-apiserver kube-as-group kube-as-user kube-ca-file kube-context kube-tls-server-name kube-token "
    "kubeconfig namespace "
    "registry-config repository-cache repository-config burst-limit timeout description cascade"
)
_REMOVE = ("uninstall", "delete", "del", "un")


def read(call: Call) -> None:
    found = parse(call.args, "n:", {**verbs.valued(_VALUED), "namespace=": "n"})
    if verbs.only_tells(found) or found.has("h") or found.operands[:1] not in [[word] for word in _REMOVE]:
        return
    if any(names.database(word) for word in found.operands[1:]):
        call.effect("remove-database-workload")
