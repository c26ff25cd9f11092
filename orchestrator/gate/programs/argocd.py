"""argocd deploys applications to clusters; deleting one deletes what it deployed."""

from __future__ import annotations

from orchestrator.gate.options import parse
from orchestrator.gate.stores import names, verbs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_LONG = verbs.valued(
    "server auth-token config kube-context grpc-web-root-path app-namespace propagation-policy selector"
)


def read(call: Call) -> None:
    found = parse(call.args, "N:p:l:", _LONG)
    words = found.operands
    if words[:2] == ["app", "delete"] and not found.has("help", "h") and any(map(names.database, words[2:])):
        call.effect("remove-database-workload")
