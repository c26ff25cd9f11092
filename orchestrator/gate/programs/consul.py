"""consul keeps configuration as keys; consul kv reads and writes them."""

from __future__ import annotations

from orchestrator.gate.options import parse
from orchestrator.gate.stores import verbs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_VALUED = "http-addr token token-file datacenter namespace ca-file client-cert client-key flags session modify-index"


def read(call: Call) -> None:
    found = parse(verbs.double_dashes(call.args), "", verbs.valued(_VALUED))
    words = found.operands
    if found.has("help", "h") or words[:1] != ["kv"] or words[1:2] not in (["delete"], ["put"], ["import"]):
        return
    everything = found.has("recurse") and not any(word.strip("/") for word in words[2:])
    call.effect("flush-store" if everything and words[1] == "delete" else "change-keys")
