"""ALTER of a role, of default privileges or of a policy changes who may do what."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement


def matches(statement: Statement) -> bool:
    return statement.word(1) in ("ROLE", "USER", "GROUP", "DEFAULT", "LOGIN", "POLICY")


RULE = Rule(
    id="alter-role",
    decision=ASK,
    why="the statement changes what a role may do or see: its rights, password, settings, or the rows of a policy",
    instead="let a person change roles",
    source="https://www.postgresql.org/docs/current/sql-alterrole.html",
    fires_on=(
        "ALTER ROLE clerk SUPERUSER",
        "ALTER USER clerk PASSWORD 'x'",
        "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO clerk",
    ),
    silent_on=(
        "SELECT rolname FROM pg_roles",
        "SELECT 'ALTER ROLE x'",
    ),
    matches=matches,
    clause="dont-write-production",
)
