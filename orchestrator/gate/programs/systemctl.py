"""systemctl starts and stops services."""

from __future__ import annotations

from orchestrator.gate.options import parse
from orchestrator.gate.stores import services, verbs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_VALUED = "host machine type state property lines output job-mode signal kill-whom kill-who what root kill-value"


def read(call: Call) -> None:
    found = parse(call.args, "H:M:t:p:n:o:s:", verbs.valued(_VALUED))
    if found.operands and not found.has("help", "h", "dry-run"):
        services.judge(call, found.operands[0], found.operands[1:])
