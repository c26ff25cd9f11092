"""Knex.js."""

from __future__ import annotations

from orchestrator.gate.migration import reader

read = reader(
    values="--knexfile --knexpath --cwd --env --client --connection --migrations-directory --migrations-table-name "
    "-x --timestamp-filename-prefix --specific --ext --stub",
    commands={
        "migrate:latest": "run-migration",
        "migrate:up": "run-migration",
        "migrate:down": "revert-migration",
        "migrate:rollback": "revert-migration",
        "migrate:unlock": "unlock-migrations",
        "seed:run": "seed-database",
    },
)
