"""Convex."""

from __future__ import annotations

from orchestrator.gate.migration import reader

read = reader(
    values="--table --path --format --env-file --url --admin-key --component --limit --identity",
    commands={"import": "restore-over-database if --replace --replace-all; seed-database"},
)
