"""wal-g backs a server up and restores it; its delete only prints without --confirm."""

from __future__ import annotations

from orchestrator.gate.options import parse
from orchestrator.gate.stores import verbs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_VALUED = "config walg-storage-prefix target-storage mask tag target-user-data restore-spec"


def read(call: Call) -> None:
    found = parse(call.args, "", verbs.valued(_VALUED))
    if verbs.only_tells(found):
        return
    action = " ".join(found.operands[:2])
    if action.startswith("backup-fetch"):
        call.effect("restore-over-database")
    elif action == "st rm" or (action.startswith("delete") and found.has("confirm")):
        call.effect("remove-backup")
