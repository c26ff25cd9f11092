"""vim and other editors: ex commands that start a shell."""

from __future__ import annotations

from orchestrator.gate.options import parse
from orchestrator.gate.text import UNKNOWN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    options = parse(call.args, short="c:S:u:T:w:W:i:", long={"cmd=": "c"})
    reads = call.name in ("view", "vimdiff") or options.has("R", "version", "help")
    for path in options.operands:
        if not reads and not path.startswith("+"):
            call.wrote(path, UNKNOWN)
    for text in options.values("c"):
        _, sign, command = text.partition("!")
        if sign and text.lstrip(":%").startswith(("!", "r!", "r !", "w !", "silent !", "silent!", "sil !", "exe")):
            call.shell(command)
