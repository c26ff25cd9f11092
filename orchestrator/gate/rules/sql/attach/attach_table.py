"""ATTACH TABLE or PARTITION adds data."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement


def matches(statement: Statement) -> bool:
    return statement.word(1) in ("TABLE", "VIEW", "DICTIONARY")


RULE = Rule(
    id="attach-table",
    decision=ASK,
    why="ATTACH adds a table or its parts to the server",
    instead="let a person run it",
    source="https://clickhouse.com/docs/sql-reference/statements/attach",
    fires_on=("ATTACH TABLE hits",),
    silent_on=(
        "ATTACH 'other.db' AS other",
        "ATTACH DATABASE 'x.db' AS x",
        "SELECT 'attach table t'",
    ),
    matches=matches,
    clause="dont-write-production",
)
