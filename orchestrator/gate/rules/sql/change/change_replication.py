"""CHANGE REPLICATION SOURCE makes a replica follow another server."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement


def matches(statement: Statement) -> bool:
    return len(statement.words) > 1


RULE = Rule(
    id="change-replication",
    decision=ASK,
    why="CHANGE REPLICATION makes the replica follow another server or filter its tables",
    instead="let a person change replication",
    source="https://dev.mysql.com/doc/refman/8.4/en/change-replication-source-to.html",
    fires_on=(
        "CHANGE REPLICATION SOURCE TO SOURCE_HOST = 'x'",
        "CHANGE MASTER TO MASTER_HOST = 'x'",
    ),
    silent_on=(
        "SELECT change FROM t",
        "SELECT 'change master to x'",
    ),
    matches=matches,
    clause="dont-write-production",
)
