"""mktemp makes a temporary file or folder and prints its name."""

from __future__ import annotations

from orchestrator.gate.text import unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    call.output(unknown("mktemp"))
