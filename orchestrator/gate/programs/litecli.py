"""litecli is an interactive client of SQLite."""

from __future__ import annotations

from orchestrator.gate.options import parse
from orchestrator.gate.stores import feed, verbs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_VALUED = "execute database prompt logfile liteclirc"


def read(call: Call) -> None:
    found = parse(call.args, "e:D:R:l:", verbs.valued(_VALUED))
    if not found.has("help", "version"):
        feed.give(call, "sqlite", found.values("e", "execute"), found.values(""))
