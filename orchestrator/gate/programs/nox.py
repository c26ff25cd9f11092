"""nox: sessions of the project, written in Python."""

from __future__ import annotations

from orchestrator.gate import own_tasks
from orchestrator.gate.options import parse
from orchestrator.gate.task import unread

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

LONG = {"session=": "s", "sessions=": "s", "noxfile=": "f", "keywords=": "k", "python=": "p", "list": "l"}


def read(call: Call) -> None:
    options = parse(call.args, "s:e:f:k:p:t:", LONG)
    if options.has("l"):
        return
    for name in options.values("s", "e") + options.operands:
        if not own_tasks.function(call, options.last("f") or "noxfile.py", name.partition("-")[0]):
            unread(call, name)
