"""duckdb is DuckDB's shell."""

from __future__ import annotations

from orchestrator.gate.options import parse
from orchestrator.gate.stores import sqlite, verbs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_VALUED = "cmd init separator newline nullvalue file storage-version"


def read(call: Call) -> None:
    found = parse(verbs.double_dashes(call.args), "c:s:f:", verbs.valued(_VALUED))
    if found.has("help", "version"):
        return
    commands = found.values("cmd", "c", "s")
    files = found.values("init", "f", "file")
    words = found.operands[1:]
    if found.has("c", "s", "f", "file"):
        # With -c or -f the shell does not read standard input; no words would mean that it does.
        words.append("")
    database = found.operands[0] if found.operands else ""
    sqlite.Session(call, "duckdb", database, found.has("readonly")).start(commands, words, files)
