"""expect: programs that a script spawns, and text that it types into them."""

from __future__ import annotations

from orchestrator.gate.options import parse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    options = parse(call.args, short="c:f:")
    texts = options.values("c")
    if not texts:
        texts = [call.read((options.values("f") + options.operands + ["-"])[0]) or ""]
    for text in texts:
        _spawned(call, text)


def _spawned(call: Call, text: str) -> None:
    """The program of each `spawn`, with everything that is sent as its input."""
    sent = "\n".join(_quoted(line) for line in text.replace(";", "\n").splitlines() if "send" in line.split('"')[0])
    for line in text.replace(";", "\n").splitlines():
        words = line.split(None, 1)
        if words[:1] == ["spawn"] and len(words) > 1:
            call.run(["bash", "-c", words[1]], stdin=sent or None)


def _quoted(line: str) -> str:
    return line.partition('"')[2].rpartition('"')[0].replace("\\r", "\n").replace("\\n", "\n")
