"""MikroORM."""

from __future__ import annotations

from orchestrator.gate.migration import reader

read = reader(
    values="--config --contextName -t --to -f --from -o --only --schema --class -c --path --name",
    commands={
        "migration:up": "run-migration",
        "migration:down": "revert-migration",
        "migration:fresh": "reset-database",
        "schema:create": "push-schema if --run -r",
        "schema:update": "push-schema if --run -r",
        "schema:drop": "reset-database if --run -r",
        "schema:fresh": "reset-database if --run -r",
        "seeder:run": "seed-database",
        "database:import": "load-schema",
    },
)
