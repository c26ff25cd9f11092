"""REVOKE takes rights away that programs may need."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement


def matches(statement: Statement) -> bool:
    return statement.starts("REVOKE")


RULE = Rule(
    id="revoke-privilege",
    decision=ASK,
    why="REVOKE takes rights from a role, and programs that use them fail at once",
    instead="let a person change rights; write the statement into a migration",
    source="https://www.postgresql.org/docs/current/sql-revoke.html",
    fires_on=("REVOKE ALL ON patrons FROM PUBLIC",),
    silent_on=(
        "SELECT 'revoke all on t from u'",
        "SELECT revoke FROM t",
    ),
    matches=matches,
    clause="dont-write-production",
)
