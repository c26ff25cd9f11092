"""Flyway; several commands may stand on one line."""

from __future__ import annotations

from orchestrator.gate.migration import reader

read = reader(
    commands={
        "migrate": "nothing if -dryRunOutput; run-migration",
        "deploy": "run-migration",
        "undo": "nothing if -dryRunOutput; revert-migration",
        "clean": "reset-database",
        "repair": "stamp-migration",
        "baseline": "stamp-migration",
    },
    quiet="-dryRun",
    each=True,
)
