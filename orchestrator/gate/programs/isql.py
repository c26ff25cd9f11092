"""isql is the client of ODBC, and of Firebird with -i."""

from __future__ import annotations

from orchestrator.gate.options import parse
from orchestrator.gate.stores import feed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    found = parse(call.args, "i:u:p:o:m:d:l:")
    feed.give(call, "generic", [], found.values("i"))
