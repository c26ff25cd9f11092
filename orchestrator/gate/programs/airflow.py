"""Airflow's own database."""

from __future__ import annotations

from orchestrator.gate.migration import reader

read = reader(
    values="-n --to-version -r --to-revision --from-version --from-revision --clean-before-timestamp -t --tables",
    quiet="-s --show-sql-only --dry-run",
    commands={
        "db migrate": "run-migration",
        "db upgrade": "run-migration",
        "db init": "run-migration",
        "db downgrade": "revert-migration",
        "db reset": "reset-database",
        "db clean": "prune-records",
    },
)
