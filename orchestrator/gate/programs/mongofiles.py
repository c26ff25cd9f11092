"""mongofiles reads and writes files in GridFS."""

from __future__ import annotations

from orchestrator.gate.stores import verbs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_VALUED = "uri host port username password db prefix local type authenticationDatabase"
_EFFECTS = {
    "delete": "change-documents",
    "delete_id": "change-documents",
    "put": "change-documents",
    "put_id": "change-documents",
}


def read(call: Call) -> None:
    verbs.judge(call, _EFFECTS, _VALUED, "h:u:p:d:l:t:")
