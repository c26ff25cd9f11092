"""CKAN's own database."""

from __future__ import annotations

from orchestrator.gate.migration import reader

read = reader(
    values="-c --config -p --plugin",
    commands={
        "db init": "create-tool-tables",
        "db upgrade": "run-migration",
        "db downgrade": "revert-migration",
        "db clean": "reset-database",
    },
)
