"""gio trash and gio remove take files away."""

from __future__ import annotations

from orchestrator.gate import storage

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    if call.args[:1] in (["trash"], ["remove"]):
        for path in call.args[1:]:
            if not path.startswith("-"):
                storage.removed(call, path)
                call.removed(path)
