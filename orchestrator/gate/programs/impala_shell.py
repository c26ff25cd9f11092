"""impala-shell runs Impala SQL."""

from __future__ import annotations

from orchestrator.gate.options import parse
from orchestrator.gate.stores import feed, verbs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_VALUED = "impalad query query_file database user output_file output_delimiter var config_file query_option"


def read(call: Call) -> None:
    found = parse(call.args, "i:q:f:d:u:o:b:k:s:", verbs.valued(_VALUED))
    if not found.has("help", "version"):
        feed.give(call, "impala", found.values("q", "query"), found.values("f", "query_file"))
