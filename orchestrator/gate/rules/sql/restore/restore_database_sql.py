"""RESTORE overwrites a database with a backup."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement


def matches(statement: Statement) -> bool:
    return statement.word(1) not in ("FILELISTONLY", "HEADERONLY", "VERIFYONLY", "")


RULE = Rule(
    id="restore-database-sql",
    decision=ASK,
    why="RESTORE puts the contents of a backup in the place of what is there",
    instead="restore under another name and compare; let a person run it",
    source="https://learn.microsoft.com/en-us/sql/t-sql/statements/restore-statements-transact-sql",
    fires_on=(
        "RESTORE DATABASE shop FROM DISK = 'x.bak'",
        "RESTORE TABLE t FROM Disk('b', '1.zip')",
    ),
    silent_on=(
        "RESTORE VERIFYONLY FROM DISK = 'x.bak'",
        "SELECT 'restore database x'",
    ),
    matches=matches,
    clause="dont-write-production",
)
