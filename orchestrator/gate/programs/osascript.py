"""osascript: shell commands inside of AppleScript."""

from __future__ import annotations

from orchestrator.gate.options import parse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    for text in parse(call.args, "e:l:s:").values("e"):
        for piece in text.split("do shell script ")[1:]:
            if piece.startswith('"'):
                call.shell(piece[1:].replace('\\"', "\0").partition('"')[0].replace("\0", '"'))
