"""sqlplus is the client of Oracle."""

from __future__ import annotations

from orchestrator.gate.options import parse
from orchestrator.gate.stores import feed, script
from orchestrator.gate.text import OPEN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_DEPTH = 8
_LINES = ("@", "!", "host", "start", "set", "prompt", "spool", "whenever", "exit", "quit", "column", "define",
"connect", "conn",
          "shutdown", "startup", "show", "desc", "describe", "rem", "accept", "pause", "clear", "ttitle",
          "btitle")  # fmt: skip


def read(call: Call) -> None:
    found = parse(call.args, "C:M:R:c:")
    if found.has("H", "V"):
        return
    paths = [word[1:] for word in found.operands if word.startswith("@")][:1]
    for path in paths:
        _file(call, path, 0)
    if call.stdin:
        judge(call, call.stdin)


def _file(call: Call, path: str, depth: int) -> None:
    name = path.rpartition("/")[2]
    path = path if "." in name or OPEN in name else path + ".sql"
    for text in feed.texts(call, [path]):
        judge(call, text, depth + 1)


def judge(call: Call, text: str, depth: int = 0) -> None:
    """Judges a script; a line with / runs what stands before it."""
    lines = "\n".join(";" if line.strip() == "/" else line for line in text.split("\n"))
    for kind, piece in script.pieces(lines, _is_command):
        if kind == script.SQL:
            call.sql(piece, "oracle")
        else:
            _command(call, piece.rstrip(";"), depth)


def _is_command(line: str) -> bool:
    return line[:1] in ("@", "!") or line.rstrip(";").partition(" ")[0].lower() in _LINES


def _command(call: Call, line: str, depth: int) -> None:
    word, _, rest = line.partition(" ")
    lower = word.lower()
    if line.startswith("!") or lower == "host":
        call.shell(line[1:] if line.startswith("!") else rest)
    elif depth < _DEPTH and (line.startswith("@") or lower == "start"):
        _file(call, (line.lstrip("@") if line.startswith("@") else rest).split(" ")[0], depth)
    elif lower == "shutdown":
        call.effect("stop-server", line)
