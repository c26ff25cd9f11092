"""cf is the command line of Cloud Foundry."""

from __future__ import annotations

from orchestrator.gate.options import parse
from orchestrator.gate.stores import names

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    options = parse(call.args, "c:i:", {"command=": "c"})
    words = options.operands
    if words[:1] == ["ssh"] and options.has("c"):
        call.run(["sh", "-c", options.last("c")], remote=True)
    if words[:1] in (["delete-service"], ["ds"]) and any(map(names.database, words[1:])):
        call.effect("destroy-cloud-database")
    elif words[:1] in (["delete-space"], ["delete-org"]):
        call.effect("destroy-infrastructure")
