"""pg_dump reads a database and writes a dump."""

from __future__ import annotations

from orchestrator.gate.stores import server_tools
from orchestrator.gate.text import UNKNOWN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_LONG = {"file=": "f", "dbname=": "d", "format=": "F", "jobs=": "j", "compress=": "Z", "table=": "t", "schema=": "n"}


def read(call: Call) -> None:
    found = server_tools.options(call.args, "f:d:F:j:Z:t:T:n:N:E:S:l:", _LONG)
    for path in found.values("f"):
        if path != "-":
            call.wrote(path, UNKNOWN)
