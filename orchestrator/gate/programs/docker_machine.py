"""docker-machine runs commands on its machines."""

from __future__ import annotations

from orchestrator.gate.options import parse
from orchestrator.gate.stores import containers, verbs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_LONG = verbs.valued("storage-path tls-ca-cert")


def read(call: Call) -> None:
    words = call.args
    found = parse(words, "s:", _LONG, stop=True)
    if found.rest[:1] == ["ssh"] and found.rest[2:]:
        containers.inner(call, ["bash", "-c", " ".join(found.rest[2:])])
