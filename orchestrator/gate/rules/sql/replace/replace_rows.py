"""REPLACE deletes the row with the same key and inserts another."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement


def matches(statement: Statement) -> bool:
    return statement.starts("REPLACE")


RULE = Rule(
    id="replace-rows",
    decision=ASK,
    why="REPLACE deletes rows with the same key and inserts others",
    instead="INSERT, or UPDATE with a WHERE, after showing what is there",
    source="https://dev.mysql.com/doc/refman/8.4/en/replace.html",
    fires_on=("REPLACE INTO t (id, a) VALUES (1, 2)",),
    silent_on=(
        "SELECT replace('a', 'b', 'c')",
        "SELECT 'REPLACE INTO t VALUES (1)'",
        "CREATE OR REPLACE TEMP VIEW v AS SELECT 1",
    ),
    matches=matches,
    clause="dont-write-production",
)
