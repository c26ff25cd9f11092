"""SeaORM; `migrate` alone applies what is pending."""

from __future__ import annotations

from orchestrator.gate.migration import reader

read = reader(
    values="-d --migration-dir -s --database-schema -u --database-url -n --num -o --output-dir",
    commands={
        "migrate": "run-migration",
        "migrate up": "run-migration",
        "migrate down": "revert-migration",
        "migrate reset": "reset-database",
        "migrate refresh": "reset-database",
        "migrate fresh": "reset-database",
        "migrate status": "nothing",
        "migrate init": "nothing",
        "migrate generate": "nothing",
    },
)
