"""nomad runs programs in the allocations of a job."""

from __future__ import annotations

from orchestrator.gate.options import parse
from orchestrator.gate.stores import containers, names, verbs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_LONG = verbs.valued("address region namespace token ca-cert client-cert client-key task group escape-char job")


def read(call: Call) -> None:
    words = call.args
    words = words[1:] if words[:1] == ["alloc"] else words
    if words[:1] == ["exec"]:
        found = parse(verbs.double_dashes(words[1:]), "ei:t:", _LONG, stop=True)
        containers.inner(call, found.rest[1:])
    elif words[:2] in (["volume", "delete"], ["volume", "deregister"]):
        call.effect("destroy-volume")
    elif words[:2] == ["job", "stop"] and "-purge" in words and any(map(names.database, words[2:])):
        call.effect("remove-database-workload")
