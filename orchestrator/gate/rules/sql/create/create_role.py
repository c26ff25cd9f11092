"""CREATE ROLE lets somebody in."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement


def matches(statement: Statement) -> bool:
    return statement.word(1) in ("ROLE", "USER", "GROUP", "LOGIN")


RULE = Rule(
    id="create-role",
    decision=ASK,
    why="CREATE ROLE makes a role that may log in or own things",
    instead="let a person create roles",
    source="https://www.postgresql.org/docs/current/sql-createrole.html",
    fires_on=(
        "CREATE ROLE clerk LOGIN",
        "create user clerk password 'x'",
        "CREATE USER MAPPING FOR clerk SERVER s",
    ),
    silent_on=(
        "SELECT 'CREATE ROLE x'",
        "SELECT usename FROM pg_user",
    ),
    matches=matches,
    clause="dont-write-production",
)
