"""dpkg installs and removes packages; --purge takes a server's data along."""

from __future__ import annotations

from orchestrator.gate.options import parse
from orchestrator.gate.stores import services

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    found = parse(call.args, "")
    if found.has("simulate", "dry-run", "no-act") or not any(map(services.package, found.operands)):
        return
    if found.has("P", "purge"):
        call.effect("purge-server")
    elif found.has("r", "remove"):
        call.effect("remove-server")
