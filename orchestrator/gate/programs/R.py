"""R: program text, scripts, standard input."""  # noqa: N999

from __future__ import annotations

from orchestrator.gate.code import judge, launch

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    args = call.args
    if args[:1] == ["CMD"]:
        if args[1:2] == ["BATCH"] and len(args) > 2:
            judge.read_script(call, "r", args[2], [])
        return
    texts = [args[at + 1] for at, word in enumerate(args[:-1]) if word == "-e"]
    if texts:
        launch.text(call, "r", texts, [])
    for at, word in enumerate(args):
        if word.startswith("--file="):
            judge.read_script(call, "r", word[7:], [])
        elif word == "-f" and at + 1 < len(args):
            judge.read_script(call, "r", args[at + 1], [])
    if not texts:
        launch.standard_input(call, "r", [])
