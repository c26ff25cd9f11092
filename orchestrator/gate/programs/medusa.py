"""Medusa."""

from __future__ import annotations

from orchestrator.gate.migration import reader

read = reader(
    values="--directory -d --db --seed-file -f",
    commands={
        "db:setup": "run-migration",
        "db:migrate": "run-migration",
        "db:migrate:scripts": "run-migration",
        "db:rollback": "revert-migration",
        "db:sync-links": "push-schema",
        "migrations run": "run-migration",
        "migrations revert": "revert-migration",
        "seed": "seed-database",
    },
)
