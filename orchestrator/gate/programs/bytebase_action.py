"""Bytebase's rollout from a pipeline."""

from __future__ import annotations

from orchestrator.gate.migration import reader

read = reader(
    values="--url --service-account --service-account-secret --project --targets --file-pattern --output --plan",
    commands={"rollout": "run-migration"},
)
