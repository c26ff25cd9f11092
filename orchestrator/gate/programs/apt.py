"""apt installs and removes packages; purge takes a server's data along."""

from __future__ import annotations

from orchestrator.gate.options import parse
from orchestrator.gate.stores import services

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_LONG = {"option=": "o", "config-file=": "c", "target-release=": "t", "simulate": "s", "dry-run": "s", "purge": "purge"}


def read(call: Call) -> None:
    found = parse(call.args, "o:c:t:a:", _LONG)
    words = found.operands
    if not words or found.has("s", "help", "download-only", "d"):
        return
    if words[0] not in ("remove", "purge", "autoremove", "autopurge", "full-upgrade-remove"):
        return
    if any(map(services.package, words[1:])):
        purges = words[0] in ("purge", "autopurge") or found.has("purge")
        call.effect("purge-server" if purges else "remove-server")
