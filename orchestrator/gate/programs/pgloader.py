"""pgloader copies a database or files into PostgreSQL."""

from __future__ import annotations

from orchestrator.gate.options import parse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    found = parse(call.args, "S:L:E:U:", {"dry-run": "dry-run", "help": "help", "version": "version"})
    if not found.has("dry-run", "help", "version", "h", "V", "list-encodings"):
        call.effect("load-data")
