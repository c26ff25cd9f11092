"""reindexdb rebuilds indexes."""

from __future__ import annotations

from orchestrator.gate.stores import server_tools

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_LONG = {
    "concurrently": "concurrently", "dbname=": "d", "index=": "i", "jobs=": "j", "schema=": "S", "system": "s",
    "table=": "t", "tablespace=": "tablespace",
}  # fmt: skip


def read(call: Call) -> None:
    found = server_tools.options(call.args, "d:i:j:S:t:", _LONG)
    if not server_tools.only_tells(found) and not found.has("concurrently"):
        call.effect("reindex-database")
