"""Conda: `conda run` starts a program of an environment."""

from __future__ import annotations

from orchestrator.gate.launch import reader

read = reader(
    "run",
    "-n --name -p --prefix --cwd",
    folder="--cwd",
)
