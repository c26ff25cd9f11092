"""EXEC xp_cmdshell runs a program on the server."""

from __future__ import annotations

from orchestrator.gate.rule import DENY, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement


def matches(statement: Statement) -> bool:
    return "XP_CMDSHELL" in statement.words[1:8]


RULE = Rule(
    id="exec-program",
    decision=DENY,
    why="xp_cmdshell runs a shell command on the database server, with the rights of the server's account",
    instead="run the command itself where it belongs",
    source="https://learn.microsoft.com/en-us/sql/relational-databases/system-stored-procedures/xp-cmdshell-transact-sql",
    fires_on=("EXEC xp_cmdshell 'dir'", "EXEC master.dbo.xp_cmdshell 'dir'"),
    silent_on=("EXEC close_day", "SELECT 'EXEC xp_cmdshell 1'", "EXEC sp_help 'xp_cmdshell'"),
    matches=matches,
    clause="dont-write-production",
)
