"""cqlsh is the client of Cassandra."""

from __future__ import annotations

from orchestrator.gate.options import parse
from orchestrator.gate.stores import feed, script, verbs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_VALUED = (
    "execute file username password keyspace encoding request-timeout connect-timeout cqlshrc credentials "
    "protocol-version serial-consistency-level consistency-level browser secure-connect-bundle"
)
_COMMANDS = (
    "source",
    "copy",
    "consistency",
    "capture",
    "expand",
    "login",
    "paging",
    "show",
    "tracing",
    "describe",
    "desc",
)
_DEPTH = 8


def read(call: Call) -> None:
    found = parse(call.args, "e:f:u:p:k:b:", verbs.valued(_VALUED))
    if found.has("help", "version", "h"):
        return
    texts = found.values("e", "execute") + feed.texts(call, found.values("f", "file"))
    if not found.has("e", "execute", "f", "file") and call.stdin:
        texts.append(call.stdin)
    for text in texts:
        judge(call, text)


def judge(call: Call, text: str, depth: int = 0) -> None:
    """Judges a CQL script."""
    for kind, piece in script.pieces(text, _is_command):
        if kind == script.SQL:
            _statements(call, piece)
        else:
            _command(call, piece, depth)


def _statements(call: Call, text: str) -> None:
    for statement in text.split(";"):
        if statement.upper().split()[:2] == ["DROP", "KEYSPACE"]:
            call.effect("destroy-database", statement.strip())
    call.sql(text, "cql")


def _is_command(line: str) -> bool:
    return line.rstrip(";").partition(" ")[0].lower() in _COMMANDS


def _command(call: Call, line: str, depth: int) -> None:
    words = line.rstrip("; ").split()
    if words[0].lower() == "source" and len(words) > 1 and depth < _DEPTH:
        for text in feed.texts(call, [words[1].strip("'\"")]):
            judge(call, text, depth + 1)
    elif words[0].lower() == "copy" and "from" in (word.lower() for word in words):
        call.effect("load-data", line)
