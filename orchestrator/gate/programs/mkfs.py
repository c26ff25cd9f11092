"""mkfs makes a file system, over whatever a disk held."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    if any(word.startswith("/dev/") for word in call.args) and "-n" not in call.args:
        call.effect("wipe-disk")
