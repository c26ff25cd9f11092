"""Whole tables are written anew under a lock."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

RULE = Rule(
    id="rewrite-tables",
    decision=ASK,
    why="writes whole tables anew; with vacuumdb --full and clusterdb nobody can read or write a table meanwhile",
    instead="vacuumdb without --full frees the space for reuse without blocking anybody",
    source="https://www.postgresql.org/docs/current/app-vacuumdb.html",
    fires_on=(
        "vacuumdb --full shop",
        "vacuumdb -fz -d shop",
        "clusterdb shop",
        "pg_repack -d shop -t orders",
    ),
    silent_on=(
        "vacuumdb --analyze shop",
        "vacuumdb -Z -d shop",
        "vacuumdb -a -j 4",
        "pg_repack --dry-run -d shop",
        "vacuumdb --dbname full",
    ),
)
