"""Aerich, the migrations of Tortoise ORM."""

from __future__ import annotations

from orchestrator.gate.migration import reader

read = reader(
    values="-c --config --app -t --tortoise-orm --location -s --src_folder -v --version --name -i --in-transaction",
    commands={
        "upgrade": "stamp-migration if --fake; run-migration",
        "downgrade": "stamp-migration if --fake; revert-migration",
        "init-db": "run-migration",
    },
)
