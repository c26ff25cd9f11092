"""Functions that end sessions or change how the server runs."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.calls import Invocation

NAMES = frozenset(
    {
        "pg_terminate_backend",
        "pg_cancel_backend",
        "pg_reload_conf",
        "pg_rotate_logfile",
        "pg_promote",
        "pg_switch_wal",
        "pg_switch_xlog",
        "pg_create_restore_point",
        "pg_backup_start",
        "pg_backup_stop",
        "pg_start_backup",
        "pg_stop_backup",
        "pg_wal_replay_pause",
        "pg_wal_replay_resume",
        "pg_xlog_replay_pause",
        "pg_xlog_replay_resume",
        "pg_stat_reset",
        "pg_stat_reset_shared",
        "pg_stat_reset_single_table_counters",
        "pg_stat_reset_single_function_counters",
        "pg_stat_reset_slru",
        "pg_stat_reset_replication_slot",
        "pg_stat_reset_subscription_stats",
        "pg_stat_reset_backend_stats",
        "pg_stat_statements_reset",
        "heap_force_freeze",
        "pg_import_system_collations",
    }
)


def matches(call: Invocation) -> bool:
    return call.name in NAMES


RULE = Rule(
    id="signal-server",
    decision=ASK,
    why="the function ends a session or query of somebody else, or changes how the server runs",
    instead="show pg_stat_activity or the setting, and let a person decide",
    source="https://www.postgresql.org/docs/current/functions-admin.html",
    fires_on=(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity",
        "select pg_cancel_backend(42)",
        "SELECT pg_reload_conf()",
        "SELECT pg_promote()",
    ),
    silent_on=(
        "SELECT pid FROM pg_stat_activity",
        "SELECT pg_is_in_recovery()",
        "SELECT 'pg_reload_conf()'",
    ),
    matches=matches,
    clause="dont-write-production",
)
