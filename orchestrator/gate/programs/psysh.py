"""PsySH reads PHP from its standard input."""

from __future__ import annotations

from orchestrator.gate.code import launch

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    launch.standard_input(call, "php", [])
