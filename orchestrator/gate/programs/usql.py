"""usql is a client of many databases with the options of psql and a URL."""

from __future__ import annotations

from orchestrator.gate.options import parse
from orchestrator.gate.stores import feed, verbs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_DIALECTS = {
    "my": "mysql", "mysql": "mysql", "mariadb": "mysql", "sqlite": "sqlite", "sqlite3": "sqlite", "sq": "sqlite",
    "file": "sqlite", "sqlserver": "mssql", "mssql": "mssql", "ms": "mssql", "oracle": "oracle",
    "clickhouse": "clickhouse",
    "duckdb": "duckdb",
}  # fmt: skip
_VALUED = "command file out set variable cset pset field-separator record-separator table-attr config"


def read(call: Call) -> None:
    found = parse(call.args, "c:f:o:v:N:P:F:R:T:", verbs.valued(_VALUED))
    if found.has("help", "version", "V"):
        return
    scheme = "".join(found.operands[:1]).partition(":")[0].partition("+")[0]
    if scheme in _DIALECTS:
        feed.give(call, _DIALECTS[scheme], found.values("c", "command"), found.values("f", "file"))
    else:
        call.run(["psql", *call.args])
