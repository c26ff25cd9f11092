"""/etc/init.d/postgresql starts and stops the server."""

from __future__ import annotations

from orchestrator.gate.stores import services

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    if call.args:
        services.judge(call, call.args[0], [call.name])
