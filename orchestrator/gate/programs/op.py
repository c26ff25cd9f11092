"""1Password: `op run` starts a program with secrets in its environment."""

from __future__ import annotations

from orchestrator.gate.launch import reader

read = reader("run", "--env-file --account --config --session --encoding --format")
