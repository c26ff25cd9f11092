"""dotenvx: starts a program with variables from a file."""

from __future__ import annotations

from orchestrator.gate.launch import reader

read = reader(
    "run",
    "-f --env-file -fv --env-vault-file -fk --env-keys-file -e --env --convention -l --log-level",
)
