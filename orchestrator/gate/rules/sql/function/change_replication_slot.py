"""Functions that create, drop or move a replication slot or origin."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.calls import Invocation

NAMES = frozenset(
    {
        "pg_create_physical_replication_slot",
        "pg_create_logical_replication_slot",
        "pg_drop_replication_slot",
        "pg_copy_physical_replication_slot",
        "pg_copy_logical_replication_slot",
        "pg_replication_slot_advance",
        "pg_sync_replication_slots",
        "pg_logical_slot_get_changes",
        "pg_logical_slot_get_binary_changes",
        "pg_replication_origin_create",
        "pg_replication_origin_drop",
        "pg_replication_origin_advance",
        "pg_replication_origin_session_setup",
        "pg_replication_origin_session_reset",
        "pg_replication_origin_xact_setup",
        "pg_replication_origin_xact_reset",
    }
)


def matches(call: Invocation) -> bool:
    return call.name in NAMES


RULE = Rule(
    id="change-replication-slot",
    decision=ASK,
    why=(
        "the function changes what a replica or a subscriber receives; a new slot that "
        "nobody reads can keep WAL until the disk is full, a moved one skips changes"
    ),
    instead="show pg_replication_slots and let a person decide",
    source="https://www.postgresql.org/docs/current/functions-admin.html#FUNCTIONS-REPLICATION",
    fires_on=(
        "SELECT pg_drop_replication_slot('s')",
        "SELECT * FROM pg_logical_slot_get_changes('s', NULL, NULL)",
    ),
    silent_on=(
        "SELECT * FROM pg_replication_slots",
        "SELECT * FROM pg_logical_slot_peek_changes('s', NULL, NULL)",
        "SELECT 'pg_drop_replication_slot(1)'",
    ),
    matches=matches,
    clause="dont-write-production",
)
