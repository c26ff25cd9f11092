"""Tortoise ORM's own command line."""

from __future__ import annotations

from orchestrator.gate.migration import reader

read = reader(
    values="-c --config --app -n --name",
    commands={
        "migrate": "stamp-migration if --fake; run-migration",
        "upgrade": "stamp-migration if --fake; run-migration",
        "downgrade": "stamp-migration if --fake; revert-migration",
    },
)
