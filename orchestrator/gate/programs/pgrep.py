"""pgrep prints the numbers of processes; whoever gets them can see whose they are."""

from __future__ import annotations

from orchestrator.gate.options import parse
from orchestrator.gate.stores import services
from orchestrator.gate.text import unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    found = parse(call.args, "u:U:P:s:t:g:G:F:d:o:")
    names = found.operands + found.values("u")
    call.output(
        unknown("postgres" if any(services.server(name.split(" ")[0]) for name in names if name) else call.name)
    )
