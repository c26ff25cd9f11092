"""hive runs HiveQL."""

from __future__ import annotations

from orchestrator.gate.options import parse
from orchestrator.gate.stores import feed, verbs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_VALUED = "hiveconf hivevar database define"


def read(call: Call) -> None:
    found = parse(call.args, "e:f:i:d:S:v", verbs.valued(_VALUED))
    if not found.has("help", "version"):
        feed.give(call, "hive", found.values("e"), found.values("f", "i"))
