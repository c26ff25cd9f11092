"""Elixir: program text and scripts."""

from __future__ import annotations

from orchestrator.gate.code import launch
from orchestrator.gate.options import parse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

LONG = {"eval=": "e", "rpc-eval=": "e", "name=": "n", "sname=": "n", "cookie=": "k", "erl=": "o"}


def read(call: Call) -> None:
    args = list(call.args)
    if args[:1] == ["-S"]:
        call.run(args[1:])
        return
    found = parse(args, "e:r:", LONG, stop=True)
    texts = found.values("e")
    if texts:
        launch.text(call, "elixir", texts, found.rest)
    elif found.rest:
        launch.words(call, "elixir", found.rest)
