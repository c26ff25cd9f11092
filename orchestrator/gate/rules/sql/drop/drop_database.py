"""DROP DATABASE removes a database and every file of it."""

from __future__ import annotations

from orchestrator.gate.rule import DENY, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement


def matches(statement: Statement) -> bool:
    return statement.word(1) in ("DATABASE", "KEYSPACE", "PLUGGABLE") or (
        statement.word(1) == "SCHEMA" and statement.dialect in ("mysql", "mariadb")
    )


RULE = Rule(
    id="drop-database",
    decision=DENY,
    why="DROP DATABASE removes the database with every table and row in it; only a backup brings it back",
    instead="ask a person to drop it; to start afresh, CREATE DATABASE under another name",
    source="https://www.postgresql.org/docs/current/sql-dropdatabase.html",
    fires_on=(
        "DROP DATABASE shop",
        "drop database if exists shop with (force)",
        "DROP KEYSPACE shop",
    ),
    silent_on=(
        "SELECT datname FROM pg_database",
        "SELECT 'DROP DATABASE shop'",
        "CREATE DATABASE shop_copy",
        "DROP INDEX database_idx",
    ),
    matches=matches,
    clause="dont-drop",
)
