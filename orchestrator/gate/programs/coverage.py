"""coverage runs a script or a module and measures it."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    if call.args[:1] == ["run"]:
        call.run(["python", "-m", "coverage", *call.args])
