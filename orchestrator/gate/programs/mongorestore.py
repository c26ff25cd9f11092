"""mongorestore loads a dump into a server."""

from __future__ import annotations

from orchestrator.gate.options import parse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    found = parse(call.args, "h:u:p:d:c:j:")
    if not found.has("help", "version", "dryRun"):
        call.effect("restore-over-database")
