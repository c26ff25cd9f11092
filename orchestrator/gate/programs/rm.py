"""rm removes files and, with -r, folders."""

from __future__ import annotations

from orchestrator.gate import storage
from orchestrator.gate.options import parse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_LONG = {
    "recursive": "r",
    "force": "f",
    "interactive=?": "i",
    "preserve-root=?": "p",
    "help": "help",
    "version": "version",
}


def read(call: Call) -> None:
    found = parse(call.args, "", _LONG)
    if found.has("help", "version"):
        return
    for path in dict.fromkeys(found.operands):
        storage.removed(call, path, found.has("r", "R"))
        call.removed(path)
