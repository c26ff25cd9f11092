"""pgbench runs transactions against a database."""

from __future__ import annotations

from orchestrator.gate.stores import feed, server_tools

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_LONG = {
    "initialize": "i", "init-steps=": "I", "fillfactor=": "F", "scale=": "s", "select-only": "S",
    "skip-some-updates": "N",
    "builtin=": "b", "file=": "f", "client=": "c", "define=": "D", "jobs=": "j", "protocol=": "M", "progress=": "P",
    "rate=": "R", "time=": "T", "transactions=": "t", "latency-limit=": "L", "log-prefix=": "log-prefix",
    "max-tries=": "max-tries", "random-seed=": "random-seed", "sampling-rate=": "sampling-rate",
    "aggregate-interval=": "aggregate-interval", "partitions=": "partitions", "partition-method=": "partition-method",
    "tablespace=": "tablespace", "index-tablespace=": "index-tablespace", "show-script=": "show-script", "dbname=": "d",
    "no-vacuum": "n", "vacuum-all": "v",
}  # fmt: skip
_SHORT = "I:F:s:b:f:c:D:j:M:P:R:T:t:L:d:"


def read(call: Call) -> None:
    found = server_tools.options(call.args, _SHORT, _LONG)
    if server_tools.only_tells(found) or found.has("show-script") or found.last("b") == "list":
        return
    if found.has("i"):
        call.effect("reset-benchmark-tables")
        return
    for text in feed.texts(call, (_without_weight(path) for path in found.values("f"))):
        call.sql(_sql(text))
    builtin = found.values("b")
    if any(not name.startswith("sel") for name in builtin) or not (builtin or found.has("f", "S")):
        call.effect("load-data")


def _without_weight(path: str) -> str:
    """A script's path; `script.sql@5` has the weight 5."""
    name, _, weight = path.rpartition("@")
    return name if name and weight.isdecimal() else path


def _sql(script: str) -> str:
    """A script without pgbench's own commands."""
    return "\n".join(line for line in script.split("\n") if not line.lstrip().startswith("\\"))
