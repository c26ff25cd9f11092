"""This package's own command line: an agent may use everything but the grant."""

from __future__ import annotations

from orchestrator.gate.text import OPEN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

HELP = ("-h", "--help")


def read(call: Call) -> None:
    words = [word for word in call.args if not word.startswith("-")]
    # Behind an option it may be the option's value.
    before = ["", *call.args]
    if any(word in HELP and not before[at].startswith("-") for at, word in enumerate(call.args)):
        return
    if words[:1] == ["gate"] and len(words) > 1 and (words[1] == "allow" or OPEN in words[1]):
        call.effect("self-approval")
