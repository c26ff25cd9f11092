"""brew installs packages and runs services on macOS."""

from __future__ import annotations

from orchestrator.gate.options import parse
from orchestrator.gate.stores import services

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    found = parse(call.args, "")
    words = found.operands
    if found.has("help", "h", "dry-run", "n") or not words:
        return
    if words[0] == "services" and len(words) > 1:
        everything = found.has("all") and words[1] in ("stop", "restart")
        services.judge(call, words[1], ["postgresql"] if everything else words[2:])
    elif words[0] in ("uninstall", "remove", "rm") and any(map(services.package, words[1:])):
        call.effect("remove-server")
