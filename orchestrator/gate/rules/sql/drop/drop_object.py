"""DROP of a view, function, role or another object without rows of its own."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement


def matches(statement: Statement) -> bool:
    kind = statement.word(1)
    if kind in (
        "DATABASE",
        "KEYSPACE",
        "PLUGGABLE",
        "SCHEMA",
        "TABLE",
        "TABLES",
        "MEASUREMENT",
        "SERIES",
        "COLLECTION",
        "SHARD",
        "OWNED",
        "INDEX",
        "TEMPORARY",
    ):
        return False
    return not (kind in ("TYPE", "DOMAIN", "EXTENSION") and statement.words[-1] == "CASCADE")


RULE = Rule(
    id="drop-object",
    decision=ASK,
    why="the object is gone at once for everybody who uses it; CASCADE takes what depends on it along",
    instead="write a migration that drops it and that can create it again; a person runs it",
    source="https://www.postgresql.org/docs/current/sql-commands.html",
    fires_on=(
        "DROP VIEW v_overdue",
        "DROP FUNCTION fine(int)",
        "DROP ROLE IF EXISTS volunteer",
        "DROP MATERIALIZED VIEW stats",
        "drop sequence s",
        "DROP TRIGGER t ON loans",
        "DROP FOREIGN TABLE remote",
    ),
    silent_on=(
        "SELECT 'DROP VIEW v'",
        "DROP TEMPORARY TABLE scratch",
        "SELECT drop FROM t",
    ),
    matches=matches,
    clause="dont-drop",
)
