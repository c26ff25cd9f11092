"""pg_rewind makes a data directory a copy of another server's."""

from __future__ import annotations

from orchestrator.gate.options import parse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    found = parse(call.args, "D:", {"dry-run": "dry-run", "help": "help", "version": "version"})
    if not found.has("n", "dry-run", "help", "version", "V", "?"):
        call.effect("restore-over-database")
