"""Soda, the migrations of Buffalo's pop."""

from __future__ import annotations

from orchestrator.gate.migration import reader

read = reader(
    values="-e --env -c --config -p --path -s --step -i --input -o --output",
    commands={
        "migrate": "run-migration",
        "migrate up": "run-migration",
        "migrate down": "revert-migration",
        "migrate reset": "reset-database",
        "migrate status": "nothing",
        "m": "run-migration",
        "reset": "reset-database",
        "drop": "destroy-database",
        "schema load": "load-schema",
    },
)
