"""pg_repack rewrites tables online."""

from __future__ import annotations

from orchestrator.gate.options import parse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    found = parse(
        call.args, "d:h:p:U:t:I:c:s:o:i:j:T:D:x:k:C:", {"dry-run": "dry-run", "help": "help", "version": "version"}
    )
    if not found.has("N", "dry-run", "help", "version", "?"):
        call.effect("rewrite-tables")
