"""Scripts of the mysql client: SQL with the client's own commands in between."""

from __future__ import annotations

from orchestrator.gate.stores import feed, script
from orchestrator.gate.text import UNKNOWN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_DEPTH = 8
_SHELL = ("system", "\\!", "pager", "\\P")
_SOURCE = ("source", "\\.")
_COMMANDS = frozenset(
    "source system pager tee "
    "charset clear connect edit ego exit go help nopager notee nowarning print prompt query_attributes quit rehash "
    "resetconnection status ssl_session_data_print use warnings delimiter".split()
)


def judge(call: Call, text: str, depth: int = 0) -> None:
    for kind, piece in script.pieces(_terminated(text), _is_command, hashes=True, escapes=True):
        if kind == script.SQL:
            call.sql(piece, "mysql")
        else:
            _command(call, piece, depth)


def _terminated(text: str) -> str:
    """The text with \\G and \\g as semicolons, and the commands of one letter on lines of their own.

    In a string these are letters, and a semicolon or a line there is as harmless.
    """
    for sign in ("\\!", "\\."):
        text = text.replace(sign, "\n" + sign)
    return text.replace("\\G", ";").replace("\\g", ";")


def _is_command(line: str) -> bool:
    return line[:1] == "\\" or line.rstrip(";").partition(" ")[0].lower() in _COMMANDS


def _command(call: Call, line: str, depth: int) -> None:
    word, _, rest = line.partition(" ")
    rest = rest.strip().rstrip(";")
    if line[:2] in ("\\.", "\\!", "\\T", "\\P"):
        word, rest = line[:2], line[2:].strip().rstrip(";")
    lower = word.lower()
    if lower in _SOURCE and depth < _DEPTH:
        for text in feed.texts(call, [rest]):
            judge(call, text, depth + 1)
    elif word in _SHELL or lower in _SHELL:
        call.shell(rest)
    elif (lower == "tee" or word == "\\T") and rest:
        call.wrote(rest, UNKNOWN)
