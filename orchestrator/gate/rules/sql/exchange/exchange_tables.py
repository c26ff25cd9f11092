"""EXCHANGE swaps two tables."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement


def matches(statement: Statement) -> bool:
    return len(statement.words) > 1


RULE = Rule(
    id="exchange-tables",
    decision=ASK,
    why="EXCHANGE swaps the names of two tables for everybody at once",
    instead="let a person run it",
    source="https://clickhouse.com/docs/sql-reference/statements/exchange",
    fires_on=("EXCHANGE TABLES a AND b",),
    silent_on=("SELECT exchange FROM t",),
    matches=matches,
    clause="dont-run-migrations",
)
