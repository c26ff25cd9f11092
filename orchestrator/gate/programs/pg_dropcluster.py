"""pg_dropcluster removes one of Debian's clusters with its databases."""

from __future__ import annotations

from orchestrator.gate.options import parse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    found = parse(call.args, "", {})
    if not found.has("help"):
        call.effect("destroy-database")
