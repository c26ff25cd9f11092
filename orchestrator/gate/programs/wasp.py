"""Wasp."""

from __future__ import annotations

from orchestrator.gate.migration import reader

read = reader(
    values="--name",
    commands={
        "db migrate-dev": "nothing if --create-only; run-migration",
        "db reset": "reset-database",
        "db seed": "seed-database",
    },
)
