"""SECURITY LABEL changes who may see what."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement


def matches(statement: Statement) -> bool:
    return statement.word(1) == "LABEL"


RULE = Rule(
    id="security-label",
    decision=ASK,
    why="SECURITY LABEL changes the label by which a provider decides who may see an object",
    instead="let a person change labels",
    source="https://www.postgresql.org/docs/current/sql-security-label.html",
    fires_on=("SECURITY LABEL ON TABLE t IS 'x'",),
    silent_on=("SELECT 'security label on table t is null'",),
    matches=matches,
    clause="dont-write-production",
)
