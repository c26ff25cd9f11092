"""Masonite's and Orator's console."""

from __future__ import annotations

from orchestrator.gate.migration import reader

read = reader(
    values="-d --directory -c --connection -s --schema",
    commands={
        "migrate": "nothing if --show -s; run-migration",
        "migrate:rollback": "revert-migration",
        "migrate:reset": "reset-database",
        "migrate:refresh": "reset-database",
        "migrate:fresh": "reset-database",
        "seed:run": "seed-database",
        "db:seed": "seed-database",
    },
)
