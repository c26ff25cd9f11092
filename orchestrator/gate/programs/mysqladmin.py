"""mysqladmin administers a MySQL server; several commands may stand in one call."""

from __future__ import annotations

from orchestrator.gate.options import parse
from orchestrator.gate.programs.mysql import LONG

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_EFFECTS = {
    "drop": "destroy-database",
    "shutdown": "stop-server",
    "kill": "administer-server",
    "password": "administer-server",
    "old-password": "administer-server",
    "reload": "administer-server",
    "refresh": "administer-server",
    "start-slave": "administer-server",
    "stop-slave": "administer-server",
    "start-replica": "administer-server",
    "stop-replica": "administer-server",
    "debug": "administer-server",
}
_TAKE_A_WORD = ("drop", "create", "kill", "password", "old-password")


def read(call: Call) -> None:
    found = parse(call.args, "h:P:u:S:p::i:c:w::#::", {**LONG, "sleep=": "i", "count=": "c", "shutdown-timeout=": "t"})
    if found.has("help", "version", "V", "?"):
        return
    words = list(found.operands)
    while words:
        word = words.pop(0).lower()
        if word in _EFFECTS:
            call.effect(_EFFECTS[word])
        elif word.startswith("flush-"):
            call.effect("administer-server")
        if word in _TAKE_A_WORD and words:
            words.pop(0)
