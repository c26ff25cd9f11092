"""sqlite3 is SQLite's shell."""

from __future__ import annotations

from orchestrator.gate.options import parse
from orchestrator.gate.stores import sqlite, verbs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_VALUED = (
    "cmd init separator newline nullvalue mmap maxsize heap vfs sorterref escape screenwidth hexdb-size "
    "lookaside1 multiplex"
)
# These take two words; the second one is read away here.
_TWO = ("lookaside", "pagecache")


def read(call: Call) -> None:
    found = parse(verbs.double_dashes(_without_two(call.args)), "", verbs.valued(_VALUED))
    if found.has("help", "version"):
        return
    database = found.operands[0] if found.operands else ""
    session = sqlite.Session(call, "sqlite", database, found.has("readonly"))
    session.start(found.values("cmd"), found.operands[1:], found.values("init"))


def _without_two(args: list[str]) -> list[str]:
    kept: list[str] = []
    skip = 0
    for word in args:
        if skip:
            skip -= 1
        elif word.lstrip("-") in _TWO and word.startswith("-"):
            skip = 2
        else:
            kept.append(word)
    return kept
