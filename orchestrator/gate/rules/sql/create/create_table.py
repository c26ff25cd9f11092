"""CREATE TABLE makes a table that stays."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule
from orchestrator.gate.sql.actions import created
from orchestrator.gate.sql.temporary import is_temporary

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement


def matches(statement: Statement) -> bool:
    return created(statement) == "TABLE" and not is_temporary(statement)


RULE = Rule(
    id="create-table",
    decision=ASK,
    why="CREATE TABLE makes a table that stays, outside of the project's migrations",
    instead="write a migration; for a trial, CREATE TEMP TABLE",
    source="https://www.postgresql.org/docs/current/sql-createtable.html",
    fires_on=(
        "CREATE TABLE loans (id int)",
        "CREATE UNLOGGED TABLE IF NOT EXISTS t AS SELECT 1",
    ),
    silent_on=(
        "CREATE TEMP TABLE s (id int)",
        "CREATE TEMPORARY TABLE s AS SELECT 1",
        "SELECT 'CREATE TABLE t (a int)'",
        "create local temp table s (a int)",
    ),
    matches=matches,
    clause="dont-run-migrations",
)
