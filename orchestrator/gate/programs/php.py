"""PHP: program text, scripts, and the consoles of frameworks."""

from __future__ import annotations

from orchestrator.gate.code import launch
from orchestrator.gate.options import parse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

LONG = {
    "run=": "r",
    "file=": "f",
    "define=": "d",
    "php-ini=": "c",
    "server=": "S",
    "docroot=": "t",
    "process-begin=": "B",
    "process-code=": "R",
    "process-file=": "F",
    "process-end=": "E",
    "version": "v",
    "help": "h",
    "info": "i",
    "syntax-check": "l",
}


def read(call: Call) -> None:
    found = parse(call.args, "r:f:d:c:S:t:B:R:F:E:z:", LONG, stop=True)
    if found.has("v", "h", "i", "l", "m", "S"):
        return
    texts = found.values("r", "B", "R", "E")
    if texts:
        launch.text(call, "php", texts, found.rest)
    elif found.has("f", "F"):
        launch.words(call, "php", [found.last("f", "F"), *found.rest])
    else:
        launch.words(call, "php", found.rest)
