"""zx runs scripts that start programs with $`…`."""

from __future__ import annotations

from orchestrator.gate.code import launch
from orchestrator.gate.options import parse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

LONG = {"eval=": "e", "shell=": "s", "prefix=": "p", "postfix=": "p", "cwd=": "c", "ext=": "x", "registry=": "r"}


def read(call: Call) -> None:
    found = parse(call.args, "e:", LONG, stop=True)
    texts = found.values("e")
    if texts:
        launch.text(call, "javascript", texts, found.rest)
    else:
        launch.words(call, "javascript", found.rest)
