"""Payload CMS."""

from __future__ import annotations

from orchestrator.gate.migration import reader

read = reader(
    values="--config --name",
    commands={
        "migrate": "run-migration",
        "migrate:down": "revert-migration",
        "migrate:refresh": "reset-database",
        "migrate:reset": "reset-database",
        "migrate:fresh": "reset-database",
    },
)
