"""clusterdb rewrites tables in the order of an index."""

from __future__ import annotations

from orchestrator.gate.stores import server_tools

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    if not server_tools.only_tells(server_tools.options(call.args, "d:t:")):
        call.effect("rewrite-tables")
