"""PURGE removes binary logs or dropped tables for good."""

from __future__ import annotations

from orchestrator.gate.rule import DENY, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement


def matches(statement: Statement) -> bool:
    return len(statement.words) > 1


RULE = Rule(
    id="purge-logs",
    decision=DENY,
    why="PURGE removes binary logs, which ends point-in-time recovery, or dropped tables for good",
    instead="let a person decide; binlog_expire_logs_seconds removes old logs by itself",
    source="https://dev.mysql.com/doc/refman/8.4/en/purge-binary-logs.html",
    fires_on=(
        "PURGE BINARY LOGS TO 'log.010'",
        "PURGE MASTER LOGS BEFORE '2020-01-01'",
    ),
    silent_on=(
        "SHOW BINARY LOGS",
        "SELECT purge FROM t",
        "SELECT 'purge binary logs'",
    ),
    matches=matches,
    clause="dont-write-production",
)
