"""RESET MASTER removes all binary logs."""

from __future__ import annotations

from orchestrator.gate.rule import DENY, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement


def matches(statement: Statement) -> bool:
    return statement.word(1) == "MASTER" or statement.has("BINARY", "LOGS")


RULE = Rule(
    id="reset-binary-logs",
    decision=DENY,
    why=("RESET MASTER removes every binary log: replicas lose their source and point-in-time recovery ends"),
    instead="let a person decide about binary logs",
    source="https://dev.mysql.com/doc/refman/8.4/en/reset-binary-logs-and-gtids.html",
    fires_on=(
        "RESET MASTER",
        "RESET BINARY LOGS AND GTIDS",
    ),
    silent_on=(
        "RESET ALL",
        "RESET work_mem",
        "RESET QUERY CACHE",
        "SELECT 'reset master'",
    ),
    matches=matches,
    clause="dont-write-production",
)
