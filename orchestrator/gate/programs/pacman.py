"""pacman installs and removes packages."""

from __future__ import annotations

from orchestrator.gate.options import parse
from orchestrator.gate.stores import services

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    found = parse(call.args, "b:r:", {"remove": "R", "print": "p"})
    if found.has("R") and not found.has("p") and any(map(services.package, found.operands)):
        call.effect("remove-server")
