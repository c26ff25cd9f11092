"""DROP SCHEMA removes what is in it, too."""

from __future__ import annotations

from orchestrator.gate.rule import DENY, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement


def matches(statement: Statement) -> bool:
    return statement.word(1) == "SCHEMA"


RULE = Rule(
    id="drop-schema",
    decision=DENY,
    why=("DROP SCHEMA removes the schema, with CASCADE every table and row in it; only a backup brings them back"),
    instead="ask a person to drop it; to start afresh, CREATE SCHEMA under another name",
    source="https://www.postgresql.org/docs/current/sql-dropschema.html",
    fires_on=(
        "DROP SCHEMA lending CASCADE",
        "drop/**/schema if exists a, b",
    ),
    silent_on=(
        "SELECT nspname FROM pg_namespace",
        "SELECT 'drop schema public cascade'",
        "DROP VIEW schema.v",
    ),
    matches=matches,
    clause="dont-drop",
)
