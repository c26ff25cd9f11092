"""RESET REPLICA makes a replica forget its place; RESET PERSIST forgets saved settings."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement


def matches(statement: Statement) -> bool:
    return statement.word(1) in ("REPLICA", "SLAVE", "PERSIST")


RULE = Rule(
    id="reset-replica",
    decision=ASK,
    why="RESET REPLICA removes the replica's position and relay logs; RESET PERSIST removes saved settings",
    instead="let a person reset replication and settings",
    source="https://dev.mysql.com/doc/refman/8.4/en/reset-replica.html",
    fires_on=(
        "RESET SLAVE ALL",
        "RESET REPLICA",
    ),
    silent_on=(
        "RESET ALL",
        "RESET ROLE",
        "SELECT 'reset slave'",
    ),
    matches=matches,
    clause="dont-write-production",
)
