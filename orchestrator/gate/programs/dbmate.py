"""dbmate."""

from __future__ import annotations

from orchestrator.gate.migration import reader

read = reader(
    values="-u --url -e --env --env-file -d --migrations-dir -s --schema-file --migrations-table --driver "
    "--wait-timeout",
    commands={
        "up": "run-migration",
        "migrate": "run-migration",
        "down": "revert-migration",
        "rollback": "revert-migration",
        "drop": "destroy-database",
        "load": "load-schema",
    },
)
