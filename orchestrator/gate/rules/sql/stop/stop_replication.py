"""STOP REPLICA changes what a replica does."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement


def matches(statement: Statement) -> bool:
    return statement.word(1) in ("REPLICA", "SLAVE", "GROUP_REPLICATION", "ALL")


RULE = Rule(
    id="stop-replication",
    decision=ASK,
    why="STOP REPLICA changes whether the replica follows its source",
    instead="let a person change replication",
    source="https://dev.mysql.com/doc/refman/8.4/en/stop-replica.html",
    fires_on=("STOP SLAVE",),
    silent_on=(
        "START TRANSACTION",
        "SHOW REPLICA STATUS",
        "SELECT 'stop slave'",
    ),
    matches=matches,
    clause="dont-write-production",
)
