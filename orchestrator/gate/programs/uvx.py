"""uvx: `uv tool run`."""

from __future__ import annotations

from orchestrator.gate.programs.uv import tool

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    tool(call, call.args)
