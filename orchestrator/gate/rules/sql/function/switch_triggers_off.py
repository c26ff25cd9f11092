"""set_config() of a setting that switches triggers off."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.calls import Invocation

NAMES = frozenset(
    {"session_replication_role", "zero_damaged_pages", "allow_system_table_mods", "ignore_checksum_failure"}
)


def matches(call: Invocation) -> bool:
    return call.name == "set_config" and call.text(0) in NAMES


RULE = Rule(
    id="switch-triggers-off",
    decision=ASK,
    why=("set_config switches triggers and foreign keys, or the server's checks of damaged data, off for what follows"),
    instead="leave the checks on; correct the rows that they complain about",
    source="https://www.postgresql.org/docs/current/functions-admin.html#FUNCTIONS-ADMIN-SET",
    fires_on=("SELECT set_config('session_replication_role', 'replica', false)",),
    silent_on=(
        "SELECT set_config('search_path', 'app', false)",
        "SELECT current_setting('session_replication_role')",
    ),
    matches=matches,
    clause="dont-write-production",
)
