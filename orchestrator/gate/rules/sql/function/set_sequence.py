"""setval() moves a sequence for everybody."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.calls import Invocation


def matches(call: Invocation) -> bool:
    return call.name == "setval"


RULE = Rule(
    id="set-sequence",
    decision=ASK,
    why="setval moves the sequence: a value that is too low makes the next inserts fail on a unique key",
    instead="show the greatest key and last_value, and let a person run it",
    source="https://www.postgresql.org/docs/current/functions-sequence.html",
    fires_on=(
        "SELECT setval('loans_id_seq', 1)",
        "SELECT setval('s', (SELECT max(id) FROM t))",
    ),
    silent_on=(
        "SELECT last_value FROM loans_id_seq",
        "SELECT currval('s')",
        "SELECT 'setval(1)'",
    ),
    matches=matches,
    clause="dont-write-production",
)
