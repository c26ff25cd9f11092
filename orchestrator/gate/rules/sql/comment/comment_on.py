"""COMMENT ON changes the catalogue."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement


def matches(statement: Statement) -> bool:
    return statement.word(1) == "ON"


RULE = Rule(
    id="comment-on",
    decision=ASK,
    why="COMMENT ON changes an object's description, outside of the project's migrations",
    instead="write a migration",
    source="https://www.postgresql.org/docs/current/sql-comment.html",
    fires_on=("COMMENT ON TABLE loans IS 'x'",),
    silent_on=(
        "SELECT comment FROM t",
        "SELECT 'comment on table t is null'",
    ),
    matches=matches,
    clause="dont-run-migrations",
)
