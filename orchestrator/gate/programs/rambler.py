"""Rambler."""

from __future__ import annotations

from orchestrator.gate.migration import reader

read = reader(
    values="-c --configuration -e --environment",
    quiet="--dry-run",
    commands={"apply": "run-migration", "reverse": "revert-migration"},
)
