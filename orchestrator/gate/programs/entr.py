"""entr: a program that is started when a file changes."""

from __future__ import annotations

from orchestrator.gate.options import parse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    options = parse(call.args, stop=True)
    if options.has("s"):
        for text in options.rest[:1]:
            call.shell(text)
    else:
        call.run(options.rest, stdin=None)
