"""Piccolo ORM."""

from __future__ import annotations

from orchestrator.gate.migration import reader

read = reader(
    values="--migration_id --app_name --migration_name --desc --path --apps --tables --on_conflict --chunk_size",
    quiet="--preview",
    commands={
        "migrations forwards": "stamp-migration if --fake; run-migration",
        "migration forwards": "stamp-migration if --fake; run-migration",
        "migrations backwards": "revert-migration",
        "migration backwards": "revert-migration",
        "migrations clean": "stamp-migration",
        "fixtures load": "seed-database",
        "playground run": "create-tool-tables",
    },
)
