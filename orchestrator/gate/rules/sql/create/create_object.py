"""CREATE of a view, function, trigger, extension or another object that stays."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule
from orchestrator.gate.sql.actions import created
from orchestrator.gate.sql.temporary import is_temporary

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement

# These have rules of their own, or make nothing that anybody notices.
OTHERS = frozenset({"TABLE", "INDEX", "ROLE", "USER", "GROUP", "LOGIN", "DATABASE", ""})


def matches(statement: Statement) -> bool:
    return created(statement) not in OTHERS and not is_temporary(statement)


RULE = Rule(
    id="create-object",
    decision=ASK,
    why="CREATE makes or replaces an object that stays, outside of the project's migrations",
    instead="write a migration; for a trial, a temporary view or a function in pg_temp",
    source="https://www.postgresql.org/docs/current/sql-commands.html",
    fires_on=(
        "CREATE VIEW v AS SELECT 1",
        "CREATE OR REPLACE FUNCTION f() RETURNS int AS $$ SELECT 1 $$ LANGUAGE sql",
        "CREATE EXTENSION pg_trgm",
        "CREATE SCHEMA app",
        "CREATE TRIGGER t AFTER DELETE ON loans FOR EACH ROW EXECUTE FUNCTION f()",
        "CREATE POLICY p ON loans FOR DELETE USING (true)",
        "CREATE MATERIALIZED VIEW m AS SELECT 1",
        "CREATE SEQUENCE s",
        "CREATE STATISTICS s ON a, b FROM t",
        "CREATE PUBLICATION p FOR TABLE t",
        "CREATE ACCESS METHOD m TYPE INDEX HANDLER h",
    ),
    silent_on=(
        "CREATE DATABASE scratch",
        "CREATE TEMP VIEW v AS SELECT 1",
        "CREATE OR REPLACE TEMP VIEW v AS SELECT 1",
        "CREATE FUNCTION pg_temp.f() RETURNS int AS $$ SELECT 1 $$ LANGUAGE sql",
        "SELECT 'CREATE VIEW v'",
    ),
    matches=matches,
    clause="dont-run-migrations",
)
