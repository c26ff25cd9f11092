"""The shell of Elixir."""

from __future__ import annotations

from orchestrator.gate.programs.elixir import read as elixir

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    elixir(call)
    if call.stdin is not None:
        call.code("elixir", call.stdin)
