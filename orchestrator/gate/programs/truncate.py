"""truncate cuts files to a size."""

from __future__ import annotations

from orchestrator.gate import storage
from orchestrator.gate.options import parse
from orchestrator.gate.text import UNKNOWN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    found = parse(call.args, "s:r:", {"size=": "s", "reference=": "r", "no-create": "c", "help": "help"})
    size = found.last("s")
    for path in found.operands:
        if size[:1] not in ("+", ">") and not found.has("help"):
            storage.emptied(call, path)
        call.wrote(path, "" if size == "0" else UNKNOWN)
