"""at and batch: the input, or a file, is a command line for later."""

from __future__ import annotations

from orchestrator.gate.options import parse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    options = parse(call.args, short="f:q:t:d:r:c:")
    if options.has("f"):
        call.run(["bash", options.last("f")])
    elif call.stdin is not None and not options.has("l", "d", "r", "c"):
        call.run(["bash"])
