"""Functions of the sqlite3 client that load code or write files."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.calls import Invocation


def matches(call: Invocation) -> bool:
    return call.name in ("load_extension", "writefile")


RULE = Rule(
    id="sqlite-function",
    decision=ASK,
    why="load_extension runs code of a library in the client; writefile writes a file",
    instead="redirect the client's output into a file",
    source="https://www.sqlite.org/cli.html",
    fires_on=(
        "SELECT load_extension('x.so')",
        "SELECT writefile('x', 'y')",
    ),
    silent_on=(
        "SELECT readfile('x')",
        "SELECT 'writefile(1)'",
    ),
    matches=matches,
)
