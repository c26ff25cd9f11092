"""watch and the like: the words together are a command line for a shell."""

from __future__ import annotations

from orchestrator.gate.options import parse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

SHORT = "q:w:d:t:i:s:e:f:E:o:"
LONG = {
    "interval=": "n",
    "equexit=": "q",
    "exec": "x",
    "differences=?": "d",
    "watch=": "w",
    "exts=": "e",
    "ignore=": "i",
    "filter=": "f",
}


def read(call: Call) -> None:
    short = "n:q:w:" if call.name == "watch" else SHORT
    options = parse(call.args, short=short, long=LONG, stop=True)
    if options.has("x"):
        call.run(options.rest)
    elif options.rest:
        call.shell(" ".join(options.rest))
        # Some versions keep the words apart.
        call.run(options.rest if len(options.rest) > 1 else [])
