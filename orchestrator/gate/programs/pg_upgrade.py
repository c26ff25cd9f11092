"""pg_upgrade converts a data directory to another version."""

from __future__ import annotations

from orchestrator.gate.options import parse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    found = parse(call.args, "b:B:d:D:j:o:O:p:P:s:U:", {"check": "check", "help": "help", "version": "version"})
    if not found.has("help", "version", "check", "c", "V", "?"):
        call.effect("upgrade-server")
