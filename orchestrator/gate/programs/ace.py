"""The console of AdonisJS, `node ace`."""

from __future__ import annotations

from orchestrator.gate.migration import reader

read = reader(
    values="--connection -c --batch --step --files -f",
    commands={
        "migration:run": "nothing if --dry-run; run-migration",
        "migration:rollback": "nothing if --dry-run; revert-migration",
        "migration:reset": "nothing if --dry-run; reset-database",
        "migration:refresh": "nothing if --dry-run; reset-database",
        "migration:fresh": "reset-database",
        "db:wipe": "reset-database",
        "db:truncate": "reset-database",
        "db:seed": "seed-database",
    },
    custom=True,
)
