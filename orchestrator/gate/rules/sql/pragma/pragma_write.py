"""PRAGMA that changes the database file or its safety."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement

WRITES = frozenset(
    {
        "writable_schema",
        "user_version",
        "application_id",
        "schema_version",
        "journal_mode",
        "auto_vacuum",
        "page_size",
        "encoding",
        "incremental_vacuum",
        "ignore_check_constraints",
    }
)


def matches(statement: Statement) -> bool:
    name = statement.name(1)[-1:]
    writes = statement.has("=") or statement.words[-1] == "("
    return writes and bool(name) and name[0] in WRITES


RULE = Rule(
    id="pragma-write",
    decision=ASK,
    why="the PRAGMA changes the database file, or switches off what keeps it whole",
    instead="leave the pragma at its default",
    source="https://www.sqlite.org/pragma.html",
    fires_on=(
        "PRAGMA writable_schema = ON",
        "PRAGMA user_version = 3",
        "PRAGMA main.user_version(7)",
    ),
    silent_on=(
        "PRAGMA table_info(loans)",
        "PRAGMA user_version",
        "PRAGMA foreign_keys = ON",
        "PRAGMA integrity_check",
        "PRAGMA journal_mode",
        "SELECT 'pragma user_version = 1'",
    ),
    matches=matches,
    clause="dont-write-production",
)
