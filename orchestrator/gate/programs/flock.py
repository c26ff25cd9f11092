"""flock: a lock file, then a program, or -c text."""

from __future__ import annotations

from orchestrator.gate.options import parse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

LONG = {"timeout=": "w", "wait=": "w", "conflict-exit-code=": "E", "command=": "c"}


def read(call: Call) -> None:
    options = parse(call.args, short="w:E:c:", long=LONG, stop=True)
    rest = options.rest[1:]
    for text in options.values("c"):
        call.shell(text)
    if rest[:1] in (["-c"], ["--command"]):
        call.shell(" ".join(rest[1:2]))
    elif rest:
        call.run(rest)
