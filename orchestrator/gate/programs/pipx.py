"""pipx: `pipx run` starts the program of a package."""

from __future__ import annotations

from orchestrator.gate.launch import reader

read = reader(
    "run",
    "--spec --python --pip-args --index-url --backend --suffix --fetch-missing-python",
)
