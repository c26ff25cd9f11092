"""docker-compose is `docker compose` as a program of its own."""

from __future__ import annotations

from orchestrator.gate.stores import compose

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    compose.read(call, call.args)
