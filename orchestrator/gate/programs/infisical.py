"""Infisical: `infisical run` starts a program with secrets in its environment."""

from __future__ import annotations

from orchestrator.gate.launch import reader

read = reader(
    "run",
    "-e --env --path --projectId --project-config-dir --tags -t --token --command -c --domain --log-level",
    text="--command -c",
)
