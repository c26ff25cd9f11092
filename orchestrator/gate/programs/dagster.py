"""Dagster's own database."""

from __future__ import annotations

from orchestrator.gate.migration import reader

read = reader(commands={"instance migrate": "run-migration", "run wipe": "delete-all-records"})
