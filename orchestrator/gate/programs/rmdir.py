"""rmdir removes folders that are empty."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    for path in call.args:
        if not path.startswith("-"):
            call.removed(path)
