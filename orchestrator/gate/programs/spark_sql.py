"""spark-sql runs Spark SQL."""

from __future__ import annotations

from orchestrator.gate.options import parse
from orchestrator.gate.stores import feed, verbs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_VALUED = (
    "conf master deploy-mode driver-memory executor-memory executor-cores num-executors packages jars py-files "
    "files name properties-file queue database hiveconf hivevar define driver-java-options total-executor-cores"
)


def read(call: Call) -> None:
    found = parse(call.args, "e:f:i:", verbs.valued(_VALUED))
    if not found.has("help", "version"):
        feed.give(call, "spark", found.values("e"), found.values("f", "i"))
