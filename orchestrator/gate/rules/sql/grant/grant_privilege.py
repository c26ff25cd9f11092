"""GRANT lets somebody do more."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement


def matches(statement: Statement) -> bool:
    return statement.starts("GRANT")


RULE = Rule(
    id="grant-privilege",
    decision=ASK,
    why="GRANT gives a role more rights",
    instead="let a person change rights; write the statement into a migration",
    source="https://www.postgresql.org/docs/current/sql-grant.html",
    fires_on=(
        "GRANT SELECT ON patrons TO volunteer",
        "grant clerk to volunteer",
    ),
    silent_on=(
        "SELECT has_table_privilege('t', 'SELECT')",
        "SELECT 'GRANT ALL ON t TO u'",
    ),
    matches=matches,
    clause="dont-write-production",
)
