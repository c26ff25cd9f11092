"""Settings that switch triggers, foreign keys or checks of data off."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement


def matches(statement: Statement) -> bool:
    at = statement.after(1, "SESSION", "LOCAL", "GLOBAL", "PERSIST", "@", ".")
    name = ".".join(statement.name(at)).rsplit(".", maxsplit=1)[-1].lower()
    return name in (
        "session_replication_role",
        "zero_damaged_pages",
        "allow_system_table_mods",
        "ignore_checksum_failure",
        "foreign_key_checks",
    )


RULE = Rule(
    id="set-replication-role",
    decision=ASK,
    why=(
        "the setting switches triggers and foreign keys, or the server's checks of damaged data, off for what follows"
    ),
    instead="leave the checks on; correct the rows that they complain about",
    source="https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-SESSION-REPLICATION-ROLE",
    fires_on=(
        "SET session_replication_role = replica",
        'set local "session_replication_role" to replica',
        "SET zero_damaged_pages = on",
        "SET FOREIGN_KEY_CHECKS = 0",
    ),
    silent_on=(
        "SET work_mem = '64MB'",
        "SET ROLE clerk",
        "SHOW session_replication_role",
        "SET search_path TO app",
        "RESET session_replication_role",
        "SELECT 'SET session_replication_role = replica'",
    ),
    matches=matches,
    clause="dont-write-production",
)
