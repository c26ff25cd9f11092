"""clj and clojure: aliases and functions of the project, known by their names."""

from __future__ import annotations

from orchestrator.gate.task import unread

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    for position, word in enumerate(call.args):
        if word.startswith(("-M", "-X", "-T", "-A")):
            unread(call, word[2:])
        elif call.args[position - 1 : position] in (["-m"], ["--main"]) or "/" in word:
            unread(call, word)
