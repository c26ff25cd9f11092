"""mongod is MongoDB's server; --shutdown stops a running one."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    if "--shutdown" in call.args:
        call.effect("stop-server")
