"""SET GLOBAL changes the server for everybody; SET PASSWORD an account."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement


def matches(statement: Statement) -> bool:
    words = statement.words
    return words[1:2] in (["GLOBAL"], ["PERSIST"], ["PERSIST_ONLY"], ["PASSWORD"]) or (
        words[1:3] == ["@", "@"] and words[3:4] in (["GLOBAL"], ["PERSIST"], ["PERSIST_ONLY"])
    )


RULE = Rule(
    id="set-global",
    decision=ASK,
    why="SET GLOBAL and PERSIST change a setting for every session of the server; SET PASSWORD locks programs out",
    instead="SET SESSION changes it for this session",
    source="https://dev.mysql.com/doc/refman/8.4/en/set-variable.html",
    fires_on=(
        "SET GLOBAL max_connections = 10",
        "SET @@global.read_only = 1",
        "SET PERSIST sql_mode = ''",
    ),
    silent_on=(
        "SET SESSION sql_mode = ''",
        "SET @n = 1",
        "SET @@session.sql_mode = ''",
        "SELECT 'set global x = 1'",
    ),
    matches=matches,
    clause="dont-write-production",
)
