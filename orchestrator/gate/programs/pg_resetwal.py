"""pg_resetwal throws the write-ahead log away."""

from __future__ import annotations

from orchestrator.gate.options import parse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    found = parse(
        call.args, "c:D:e:l:m:o:O:u:x:", {"pgdata=": "D", "dry-run": "dry-run", "help": "help", "version": "version"}
    )
    if not found.has("n", "dry-run", "help", "version", "V", "?"):
        call.effect("reset-wal")
