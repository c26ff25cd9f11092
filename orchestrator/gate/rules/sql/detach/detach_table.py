"""DETACH TABLE takes a table away from its users."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement


def matches(statement: Statement) -> bool:
    return statement.word(1) in ("TABLE", "VIEW", "DICTIONARY") or statement.has("PERMANENTLY")


RULE = Rule(
    id="detach-table",
    decision=ASK,
    why="DETACH makes the server forget the table until it is attached again",
    instead="let a person run it",
    source="https://clickhouse.com/docs/sql-reference/statements/detach",
    fires_on=(
        "DETACH TABLE hits",
        "DETACH DATABASE d PERMANENTLY",
    ),
    silent_on=(
        "DETACH DATABASE other",
        "DETACH aux",
        "SELECT 'detach table t'",
    ),
    matches=matches,
    clause="dont-write-production",
)
