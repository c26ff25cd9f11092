"""START REPLICA changes what a replica does."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement


def matches(statement: Statement) -> bool:
    return statement.word(1) in ("REPLICA", "SLAVE", "GROUP_REPLICATION", "ALL")


RULE = Rule(
    id="start-replication",
    decision=ASK,
    why="START REPLICA changes whether the replica follows its source",
    instead="let a person change replication",
    source="https://dev.mysql.com/doc/refman/8.4/en/start-replica.html",
    fires_on=("START REPLICA",),
    silent_on=(
        "START TRANSACTION",
        "SHOW REPLICA STATUS",
        "SELECT 'start slave'",
    ),
    matches=matches,
    clause="dont-write-production",
)
