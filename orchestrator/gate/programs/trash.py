"""trash moves files and folders where they are forgotten."""

from __future__ import annotations

from orchestrator.gate import storage
from orchestrator.gate.options import parse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    for path in parse(call.args, "").operands:
        storage.removed(call, path)
        call.removed(path)
