"""Doppler: `doppler run` starts a program with secrets in its environment."""

from __future__ import annotations

from orchestrator.gate.launch import reader

read = reader(
    "run",
    "-p --project -c --config -t --token --scope --config-dir --command --mount --mount-format --mount-template "
    "--fallback --name-transformer --api-host --dashboard-host",
    text="--command",
)
