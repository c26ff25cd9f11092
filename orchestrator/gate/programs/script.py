"""script: records a terminal; -c text (Linux), or a program after the file's name (BSD)."""

from __future__ import annotations

from orchestrator.gate.options import parse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

LONG = {"command=": "c", "echo=": "E", "log-in=": "I", "log-out=": "O", "log-io=": "B", "log-timing=": "T"}


def read(call: Call) -> None:
    options = parse(call.args, short="c:E:I:O:B:T:o:m:t::", long=LONG)
    bsd = parse(call.args, short="c:t:", long=LONG, stop=True)
    if not bsd.has("c") and len(bsd.rest) > 1 and not bsd.rest[1].startswith("-"):
        call.run(bsd.rest[1:])
        return
    for text in options.values("c"):
        call.shell(text)
    if not options.has("c") and len(options.operands) < 2 and call.stdin is not None:
        call.run(["bash"])
