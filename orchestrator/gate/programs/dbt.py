"""dbt: it builds tables and views in the warehouse."""

from __future__ import annotations

from orchestrator.gate.migration import reader

read = reader(
    values="--profiles-dir --project-dir -t --target --profile -s --select -m --models --exclude --selector --vars "
    "--threads --state --log-level --log-path --log-format --target-path --args --resource-type --indirect-selection",
    commands={
        "run": "run-models",
        "build": "run-models",
        "seed": "run-models",
        "snapshot": "run-models",
        "run-operation": "run-models",
        "clone": "run-models",
        "retry": "run-models",
    },
)
