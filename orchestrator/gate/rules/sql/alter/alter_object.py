"""ALTER of a view, function, index, sequence, type or another object."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule
from orchestrator.gate.sql.actions import drops_column

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement


def matches(statement: Statement) -> bool:
    return statement.word(1) not in (
        "TABLE",
        "SYSTEM",
        "ROLE",
        "USER",
        "GROUP",
        "DEFAULT",
        "LOGIN",
        "POLICY",
        "SESSION",
        "",
    ) and not drops_column(statement)


RULE = Rule(
    id="alter-object",
    decision=ASK,
    why="ALTER changes an object that others use, under a lock",
    instead="write a migration and let a person run it",
    source="https://www.postgresql.org/docs/current/sql-commands.html",
    fires_on=(
        "ALTER INDEX i RENAME TO j",
        "ALTER VIEW v OWNER TO clerk",
        "ALTER SEQUENCE s RESTART",
        "ALTER EXTENSION postgis UPDATE",
        "ALTER DATABASE shop SET work_mem = '1GB'",
        "ALTER TYPE mood ADD VALUE 'ok'",
    ),
    silent_on=(
        "SELECT 'ALTER VIEW v'",
        "ALTER SESSION SET nls_date_format = 'YYYY'",
    ),
    matches=matches,
    clause="dont-run-migrations",
)
