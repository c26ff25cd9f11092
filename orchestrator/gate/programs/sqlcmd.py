"""sqlcmd is the client of SQL Server."""

from __future__ import annotations

from orchestrator.gate.options import parse
from orchestrator.gate.stores import feed, script, verbs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_SHORT = "S:U:P:d:q:Q:i:o:s:w:h:l:t:a:c:D:H:K:m:v:V:y:Y:F:z:Z:"
_VALUED = (
    "server user-name database-name initial-query query input-file output-file column-separator column-width headers "
    "login-timeout query-timeout packet-size batch-terminator workstation-name application-intent variables password"
)
_DEPTH = 8


def read(call: Call) -> None:
    found = parse(call.args, _SHORT, verbs.valued(_VALUED))
    if found.has("?", "help", "version"):
        return
    texts = found.values("q", "Q", "query", "initial-query")
    paths = [path for value in found.values("i", "input-file") for path in value.split(",")]
    for text in texts + feed.texts(call, paths):
        judge(call, text)
    if not texts and not paths and call.stdin:
        judge(call, call.stdin)


def judge(call: Call, text: str, depth: int = 0) -> None:
    """Judges a script; GO ends a batch."""
    batches = "\n".join(";" if line.strip().lower() in ("go", "go;") else line for line in text.split("\n"))
    for kind, piece in script.pieces(batches, lambda line: line.startswith((":", "!!"))):
        if kind == script.SQL:
            call.sql(piece, "mssql")
        else:
            _command(call, piece.lstrip(":"), depth)


def _command(call: Call, line: str, depth: int) -> None:
    word, _, rest = line.partition(" ")
    if line.startswith("!!"):
        call.shell(line[2:])
    elif word.lower() == "r" and depth < _DEPTH:
        for text in feed.texts(call, [rest.strip().strip('"')]):
            judge(call, text, depth + 1)
