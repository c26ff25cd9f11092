"""influx is the client of InfluxDB: version 1 runs InfluxQL, version 2 has subcommands."""

from __future__ import annotations

from orchestrator.gate.options import parse
from orchestrator.gate.stores import verbs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_VALUED = (
    "execute host port username password database precision format token org org-id bucket bucket-id predicate "
    "start stop "
    "file name id configs-path active-config retention type path import"
)
_EFFECTS = {
    "bucket delete": "destroy-database",
    "org delete": "destroy-database",
    "write": "load-data",
    "restore": "restore-over-database",
    "user delete": "remove-database-user",
}


def read(call: Call) -> None:
    found = parse(verbs.double_dashes(call.args), "t:o:b:p:f:n:i:", verbs.valued(_VALUED))
    if verbs.only_tells(found):
        return
    for text in found.values("execute"):
        call.sql(text, "influxql")
    if found.operands[:1] == ["delete"]:
        # Without a predicate everything between start and stop goes.
        call.effect("change-documents" if found.has("predicate", "p") else "delete-all-records")
    rule = verbs.row(found.operands, _EFFECTS)
    if rule:
        call.effect(rule)
    elif not found.operands and not found.has("execute") and call.stdin:
        call.sql(call.stdin, "influxql")
