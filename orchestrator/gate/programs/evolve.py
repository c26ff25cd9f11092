"""Evolve, a migration tool in .NET."""

from __future__ import annotations

from orchestrator.gate.migration import reader

read = reader(
    values="-c --connection-string -l --location -s --schema -p --placeholder --target-version --start-version",
    commands={
        "migrate": "run-migration",
        "erase": "reset-database",
        "repair": "stamp-migration",
    },
    skip=True,
)
