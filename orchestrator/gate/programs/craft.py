"""craft is two programs: the console of Craft CMS, and that of Masonite."""

from __future__ import annotations

from orchestrator.gate.migration import reader

read = reader(
    values="-d --directory -c --connection --track --plugin",
    commands={
        "migrate": "run-migration",
        "migrate:rollback": "revert-migration",
        "migrate:reset": "reset-database",
        "migrate:refresh": "reset-database",
        "migrate/all": "run-migration",
        "migrate/up": "run-migration",
        "migrate/down": "revert-migration",
        "up": "run-migration",
        "seed:run": "seed-database",
        "db/restore": "restore-over-database",
        "db/drop-all-tables": "reset-database",
        "restore/db": "restore-over-database",
    },
    custom=True,
)
