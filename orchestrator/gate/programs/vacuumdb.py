"""vacuumdb vacuums and analyses tables."""

from __future__ import annotations

from orchestrator.gate.stores import server_tools

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_LONG = {
    "full": "f", "force-index-cleanup": "force-index-cleanup", "freeze": "F", "dbname=": "d", "jobs=": "j",
    "table=": "t",
    "schema=": "n", "exclude-schema=": "N", "parallel=": "P", "min-xid-age=": "min-xid-age",
    "min-mxid-age=": "min-mxid-age",
    "buffer-usage-limit=": "buffer-usage-limit",
}  # fmt: skip


def read(call: Call) -> None:
    found = server_tools.options(call.args, "d:j:t:n:N:P:", _LONG)
    # -V is --version; vacuumdb has -v for --verbose only.
    if found.has("f") and not server_tools.only_tells(found):
        call.effect("rewrite-tables")
