"""The console of CodeIgniter, `php spark`."""

from __future__ import annotations

from orchestrator.gate.migration import reader

read = reader(
    values="-n -g -b",
    commands={
        "migrate": "run-migration",
        "migrate:rollback": "revert-migration",
        "migrate:refresh": "reset-database",
        "db:seed": "seed-database",
    },
    custom=True,
)
