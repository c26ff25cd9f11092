"""vsql is the client of Vertica."""

from __future__ import annotations

from orchestrator.gate.options import parse
from orchestrator.gate.stores import feed, verbs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_VALUED = "host port username dbname command file password output set pset"


def read(call: Call) -> None:
    found = parse(call.args, "h:p:U:d:c:f:w:o:F:P:R:T:v:t", verbs.valued(_VALUED))
    if not found.has("help", "version"):
        feed.give(call, "vertica", found.values("c", "command"), found.values("f", "file"))
