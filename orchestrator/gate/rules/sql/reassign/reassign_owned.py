"""REASSIGN OWNED gives every object of a role to another."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement


def matches(statement: Statement) -> bool:
    return statement.starts("REASSIGN")


RULE = Rule(
    id="reassign-owned",
    decision=ASK,
    why="REASSIGN OWNED changes the owner of every object of a role in this database",
    instead="let a person run it",
    source="https://www.postgresql.org/docs/current/sql-reassign-owned.html",
    fires_on=("REASSIGN OWNED BY old TO new",),
    silent_on=("SELECT 'reassign owned by a to b'",),
    matches=matches,
    clause="dont-write-production",
)
