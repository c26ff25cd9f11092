"""bench, the command line of Frappe."""

from __future__ import annotations

from orchestrator.gate.migration import reader

read = reader(
    values="--site --app --admin-password --mariadb-root-password --db-root-password --with-public-files",
    commands={
        "migrate": "run-migration",
        "update": "nothing if --pull --build --requirements; run-migration",
        "drop-site": "destroy-database",
        "reinstall": "reset-database",
        "restore": "restore-over-database",
        "run-patch": "run-migration",
    },
    skip=True,
)
