"""The files of a whole database server are converted to another version."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

RULE = Rule(
    id="upgrade-server",
    decision=ASK,
    why="converts a server to another version; in place or with --link, only a backup leads back once it has started",
    instead="run the check mode first (pg_upgrade --check), take a backup, and let the user start it",
    source="https://www.postgresql.org/docs/current/pgupgrade.html",
    fires_on=(
        "pg_upgradecluster 15 main",
        "pg_upgrade -b /old/bin -B /new/bin -d /old/data -D /new/data",
        "mysql_upgrade -u root",
    ),
    silent_on=(
        "pg_upgrade --check -b /old/bin -B /new/bin -d /old/data -D /new/data",
        "pg_upgrade --version",
        "pg_lsclusters",
    ),
)
