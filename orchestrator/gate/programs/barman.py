"""barman backs servers up and restores them."""

from __future__ import annotations

from orchestrator.gate.stores import verbs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_VALUED = "config format log-level"
_EFFECTS = {
    "delete": "remove-backup",
    "recover": "restore-over-database",
    "restore": "restore-over-database",
}


def read(call: Call) -> None:
    verbs.judge(call, _EFFECTS, _VALUED, "c:f:")
