"""pg_upgradecluster moves one of Debian's clusters to another version."""

from __future__ import annotations

from orchestrator.gate.options import parse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    found = parse(call.args, "m:v:j:", {"method=": "m"})
    if not found.has("help"):
        call.effect("upgrade-server")
