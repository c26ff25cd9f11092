"""shred overwrites files, and removes them with -u."""

from __future__ import annotations

from orchestrator.gate import storage
from orchestrator.gate.options import parse
from orchestrator.gate.text import UNKNOWN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_LONG = {
    "iterations=": "n",
    "size=": "s",
    "random-source=": "random-source",
    "remove=?": "u",
    "help": "help",
    "version": "version",
}


def read(call: Call) -> None:
    found = parse(call.args, "n:s:", _LONG)
    if found.has("help", "version"):
        return
    for path in found.operands:
        if path.startswith("/dev/"):
            call.effect("wipe-disk")
            continue
        storage.emptied(call, path)
        if found.has("u"):
            call.removed(path)
        else:
            call.wrote(path, UNKNOWN)
