"""snap installs and removes packages."""

from __future__ import annotations

from orchestrator.gate.options import parse
from orchestrator.gate.stores import services

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_REMOVE = ("remove",)


def read(call: Call) -> None:
    words = parse(call.args, "c:x:").operands
    if words and words[0] in _REMOVE and any(map(services.package, words[1:])):
        call.effect("remove-server")
