"""IMPORT FOREIGN SCHEMA makes foreign tables; IMPORT loads tables."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement


def matches(statement: Statement) -> bool:
    return len(statement.words) > 1


RULE = Rule(
    id="import-objects",
    decision=ASK,
    why="IMPORT creates tables or loads rows",
    instead="CREATE FOREIGN TABLE for the one that is needed, in a migration",
    source="https://www.postgresql.org/docs/current/sql-importforeignschema.html",
    fires_on=("IMPORT FOREIGN SCHEMA public FROM SERVER s INTO local",),
    silent_on=(
        "SELECT import FROM t",
        "SELECT 'import foreign schema x'",
    ),
    matches=matches,
    clause="dont-write-production",
)
