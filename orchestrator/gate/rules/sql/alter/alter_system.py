"""ALTER SYSTEM changes the server's configuration for everybody."""

from __future__ import annotations

from orchestrator.gate.rule import DENY, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement


def matches(statement: Statement) -> bool:
    return statement.word(1) == "SYSTEM"


RULE = Rule(
    id="alter-system",
    decision=DENY,
    why=(
        "ALTER SYSTEM writes postgresql.auto.conf: the setting stays for every database and every "
        "restart, and a wrong one can keep the server from starting"
    ),
    instead="SET changes it for this session; write the proposed setting down for a person",
    source="https://www.postgresql.org/docs/current/sql-altersystem.html",
    fires_on=(
        "ALTER SYSTEM SET max_connections = 500",
        "alter system reset all",
    ),
    silent_on=(
        "SET work_mem = '64MB'",
        "SHOW max_connections",
        "SELECT 'ALTER SYSTEM SET x = 1'",
    ),
    matches=matches,
    clause="dont-write-production",
)
