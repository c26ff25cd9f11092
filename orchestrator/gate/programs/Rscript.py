"""Rscript: program text and scripts of R."""  # noqa: N999

from __future__ import annotations

from orchestrator.gate.code import launch

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    args = call.args
    texts = [args[at + 1] for at, word in enumerate(args[:-1]) if word == "-e"]
    if texts:
        launch.text(call, "r", texts, [])
        return
    rest = list(args)
    while rest and rest[0].startswith("-") and rest[0] != "-":
        rest.pop(0)
    launch.words(call, "r", rest)
