"""Umzug."""

from __future__ import annotations

from orchestrator.gate.migration import reader

read = reader(
    values="--to --step --name --folder --prefix --migration-path",
    commands={"up": "run-migration", "down": "revert-migration"},
)
