"""which and type -P: the path of a program ends in its name."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    call.output("\n".join(word for word in call.args if not word.startswith("-")) + "\n")
