"""A foreign table whose data come from a program runs it on the server."""

from __future__ import annotations

from orchestrator.gate.rule import DENY, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement


def matches(statement: Statement) -> bool:
    if "FOREIGN" not in statement.words[1:3] or not statement.has("OPTIONS"):
        return False
    at = statement.find("OPTIONS") + 1
    return statement.word(at) == "(" and any(item and item[0][1].upper() == "PROGRAM" for item in statement.items(at))


RULE = Rule(
    id="create-foreign-program",
    decision=DENY,
    why="the option `program` makes the server run a shell command at every read of the table",
    instead="\\copy or a file that is already on the server",
    source="https://www.postgresql.org/docs/current/file-fdw.html",
    fires_on=("CREATE FOREIGN TABLE p (l text) SERVER f OPTIONS (program 'ls')",),
    silent_on=(
        "CREATE FOREIGN TABLE p (l text) SERVER f OPTIONS (filename '/tmp/x')",
        "SELECT 'OPTIONS (program x)'",
    ),
    matches=matches,
    clause="dont-write-production",
)
