"""ZenStack."""

from __future__ import annotations

from orchestrator.gate.migration import reader

read = reader(
    values="--schema --name -n --applied --rolled-back --migrations",
    commands={
        "db push": "reset-database if --force-reset; push-schema",
        "migrate dev": "nothing if --create-only; run-migration",
        "migrate deploy": "run-migration",
        "migrate reset": "reset-database",
        "migrate resolve": "stamp-migration",
        "db seed": "seed-database",
    },
)
