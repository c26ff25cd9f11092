"""Functions that change large objects."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.calls import Invocation

NAMES = frozenset(
    {"lo_unlink", "lo_put", "lowrite", "lo_create", "lo_creat", "lo_from_bytea", "lo_truncate", "lo_truncate64"}
)


def matches(call: Invocation) -> bool:
    return call.name in NAMES


RULE = Rule(
    id="write-large-object",
    decision=ASK,
    why="the function creates, overwrites or removes a large object",
    instead="lo_get reads one; let a person change it",
    source="https://www.postgresql.org/docs/current/lo-funcs.html",
    fires_on=(
        "SELECT lo_unlink(42)",
        "SELECT lowrite(0, 'x')",
    ),
    silent_on=(
        "SELECT lo_get(42)",
        "SELECT 'lo_unlink(42)'",
    ),
    matches=matches,
    clause="dont-write-production",
)
