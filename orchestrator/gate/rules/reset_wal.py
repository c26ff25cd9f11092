"""pg_resetwal throws the write-ahead log away."""

from __future__ import annotations

from orchestrator.gate.rule import DENY, Rule

RULE = Rule(
    id="reset-wal",
    decision=DENY,
    why="throws away the write-ahead log: committed transactions can be lost and the data can be left inconsistent",
    instead="take a copy of the data directory and let the user decide; restoring a backup is the safe way",
    source="https://www.postgresql.org/docs/current/app-pgresetwal.html",
    fires_on=(
        "pg_resetwal -f /srv/pg",
        "sudo -u postgres pg_resetwal -D /srv/pg",
        "pg_resetxlog /srv/pg",
    ),
    silent_on=(
        "pg_resetwal --dry-run /srv/pg",
        "pg_resetwal -n -D /srv/pg",
        "pg_controldata /srv/pg",
    ),
)
