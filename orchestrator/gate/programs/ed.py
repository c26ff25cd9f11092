"""ed and ex: a file that changes, and lines that start with ! run in a shell."""

from __future__ import annotations

from orchestrator.gate.options import parse
from orchestrator.gate.text import UNKNOWN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    for name in parse(call.args, short="p:").operands:
        call.wrote(name, UNKNOWN)
    for line in (call.stdin or "").splitlines():
        if line.startswith("!"):
            call.shell(line[1:])
