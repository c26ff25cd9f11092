"""screen: a program in a new window, or text that is stuffed into one."""

from __future__ import annotations

from orchestrator.gate.options import parse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    options = parse(call.args, short="c:e:h:p:s:S:t:T:", stop=True)
    if options.has("X"):
        for position, word in enumerate(options.rest[:-1]):
            if word == "stuff":
                call.shell(options.rest[position + 1].replace("\\n", "\n"))
    else:
        call.run(options.rest)
