"""pg_restore loads a dump into a database, or prints it as SQL."""

from __future__ import annotations

from orchestrator.gate.stores import server_tools
from orchestrator.gate.text import UNKNOWN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_LONG = {
    "dbname=": "d", "file=": "f", "list": "l", "format=": "F", "jobs=": "j", "use-list=": "L", "schema=": "n",
    "exclude-schema=": "N", "function=": "P", "role=": "role", "superuser=": "S", "table=": "t", "trigger=": "T",
    "index=": "I", "section=": "section", "filter=": "filter", "clean": "c", "create": "C",
    "restrict-key=": "restrict-key",
}  # fmt: skip


def read(call: Call) -> None:
    found = server_tools.options(call.args, "d:f:F:j:L:n:N:P:S:t:T:I:", _LONG)
    if server_tools.only_tells(found):
        return
    for path in found.values("f"):
        if path != "-":
            call.wrote(path, UNKNOWN)
    if found.has("d") and not found.has("l"):
        call.effect("restore-over-database")
