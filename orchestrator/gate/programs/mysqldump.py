"""mysqldump reads a database and writes SQL."""

from __future__ import annotations

from orchestrator.gate.options import parse
from orchestrator.gate.programs.mysql import LONG
from orchestrator.gate.text import UNKNOWN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    found = parse(call.args, "h:P:u:S:p::r:w:T:#::B", {**LONG, "result-file=": "r", "where=": "w", "tab=": "T"})
    for path in found.values("r"):
        call.wrote(path, UNKNOWN)
