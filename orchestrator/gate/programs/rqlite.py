"""rqlite is the client of rqlite."""

from __future__ import annotations

from orchestrator.gate.options import parse
from orchestrator.gate.stores import feed, verbs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_VALUED = "host port user scheme"


def read(call: Call) -> None:
    found = parse(call.args, "H:p:u:s:", verbs.valued(_VALUED))
    if not found.has("help", "version"):
        feed.give(call, "sqlite", found.values(""), found.values(""))
