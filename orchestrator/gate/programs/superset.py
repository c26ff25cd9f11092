"""Superset's own database."""

from __future__ import annotations

from orchestrator.gate.migration import reader

read = reader(
    values="-d --directory -x --x-arg -m --message",
    commands={
        "db upgrade": "nothing if --sql; run-migration",
        "db downgrade": "nothing if --sql; revert-migration",
        "db stamp": "nothing if --sql; stamp-migration",
        "init": "nothing",
    },
)
