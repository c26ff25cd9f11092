"""sponge: writes its input into a file once it has read all of it."""

from __future__ import annotations

from orchestrator.gate.text import UNKNOWN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    fed = UNKNOWN if call.stdin is None else call.stdin
    for name in call.args:
        if not name.startswith("-"):
            call.wrote(name, (call.read(name) or "") + fed if "-a" in call.args else fed)
