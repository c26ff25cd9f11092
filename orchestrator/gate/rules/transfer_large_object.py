"""\\lo_import, \\lo_export and \\lo_unlink of psql."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

RULE = Rule(
    id="transfer-large-object",
    decision=ASK,
    why="psql would store a file as a large object, write one into a file, or remove one for good",
    instead="lo_get reads a large object in a SELECT; let a person change or remove one",
    source="https://www.postgresql.org/docs/current/app-psql.html",
    fires_on=(
        "psql shop -c '\\lo_unlink 42'",
        "psql shop -c '\\lo_import photo.png'",
        "echo '\\lo_export 42 out.png' | psql shop",
    ),
    silent_on=("psql shop -c '\\lo_list'", "psql shop -c 'SELECT lo_get(42)'", "psql shop -c '\\dl'"),
    clause="dont-write-production",
)
