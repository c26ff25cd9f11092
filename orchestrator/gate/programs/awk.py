"""awk: programs that it starts with system(), and pipes of its own."""

from __future__ import annotations

from orchestrator.gate.code import judge
from orchestrator.gate.options import parse
from orchestrator.gate.shell.columns import printed
from orchestrator.gate.text import UNKNOWN, is_known

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

LONG = {
    "file=": "f",
    "field-separator=": "F",
    "assign=": "v",
    "source=": "e",
    "exec=": "f",
    "include=": "i",
    "load=": "l",
}


def read(call: Call) -> None:
    found = parse(call.args, "f:F:v:e:i:l:E:", LONG, stop=True)
    texts = found.values("e")
    for path in found.values("f", "E"):
        if is_known(path):
            texts.append(call.read(path) or "")
    if not texts:
        texts = found.rest[:1]
    if len(texts) == 1 and not found.has("F"):
        call.output(printed(texts[0], call.stdin))
    for text in texts:
        for path in _files(text):
            call.wrote(path, UNKNOWN)
        if "system" in text or "|" in text:
            judge.judge(call, "awk", text)


def _files(text: str) -> list[str]:
    """Files named in quotes behind the > of a print."""
    found = []
    pieces = text.split(">")
    for at, after in enumerate(pieces[1:]):
        statement = pieces[at].replace("{", ";").replace("\n", ";").rpartition(";")[2].lstrip()
        name = after.lstrip(" \t")
        if (statement.startswith("print") or not statement) and name.startswith('"'):
            found.append(name[1:].partition('"')[0])
    return found
