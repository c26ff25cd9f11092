"""geni."""

from __future__ import annotations

from orchestrator.gate.migration import reader

read = reader(
    values="-n --number",
    commands={"up": "run-migration", "down": "revert-migration", "drop": "destroy-database"},
)
