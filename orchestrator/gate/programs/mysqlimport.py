"""mysqlimport loads files into tables."""

from __future__ import annotations

from orchestrator.gate.options import parse
from orchestrator.gate.programs.mysql import LONG

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    found = parse(call.args, "h:P:u:S:p::c:#::", LONG)
    if not found.has("help", "version", "V", "?"):
        call.effect("load-data")
