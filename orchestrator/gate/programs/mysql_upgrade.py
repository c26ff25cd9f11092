"""mysql_upgrade converts the system tables of a server."""

from __future__ import annotations

from orchestrator.gate.options import parse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    found = parse(call.args, "h:P:u:S:p::", {})
    if not found.has("help", "version", "?", "V"):
        call.effect("upgrade-server")
