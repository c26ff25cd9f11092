"""Litestar, with the database commands of Advanced Alchemy."""

from __future__ import annotations

from orchestrator.gate.migration import reader

read = reader(
    values="--app --app-dir --env-file --bind-key -m --message --rev-id --tag",
    commands={
        "database upgrade": "nothing if --sql; run-migration",
        "database downgrade": "nothing if --sql; revert-migration",
        "database stamp-migration": "stamp-migration",
        "database stamp": "nothing if --sql; stamp-migration",
        "database drop-all": "reset-database",
        "db upgrade": "nothing if --sql; run-migration",
        "db downgrade": "nothing if --sql; revert-migration",
        "db drop-all": "reset-database",
    },
    custom=True,
)
