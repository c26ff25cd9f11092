"""wipefs shows the signatures on a disk, and wipes them with -a or -o."""

from __future__ import annotations

from orchestrator.gate.options import parse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    found = parse(
        call.args, "o:t:O:", {"all": "a", "offset=": "o", "types=": "t", "output=": "O", "no-act": "n", "lock=?": "l"}
    )
    if found.has("a", "o") and not found.has("n") and found.operands:
        call.effect("wipe-disk")
