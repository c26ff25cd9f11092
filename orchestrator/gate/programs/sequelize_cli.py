"""Sequelize's command line."""

from __future__ import annotations

from orchestrator.gate.migration import reader

read = reader(
    values="--config --env --options-path --migrations-path --seeders-path --models-path --url --to --from --name "
    "--seed --charset --collate --encoding --ctype --template",
    commands={
        "db:migrate": "run-migration",
        "db:migrate:schema:timestamps:add": "run-migration",
        "db:migrate:undo": "revert-migration",
        "db:migrate:undo:all": "reset-database",
        "db:drop": "destroy-database",
        "db:seed": "seed-database",
        "db:seed:all": "seed-database",
        "db:seed:undo": "seed-database",
        "db:seed:undo:all": "seed-database",
    },
)
