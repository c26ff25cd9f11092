"""unlink removes one file."""

from __future__ import annotations

from orchestrator.gate import storage

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    for path in call.args:
        if not path.startswith("-"):
            storage.removed(call, path, recursive=False)
            call.removed(path)
