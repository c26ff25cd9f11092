"""Poetry: `poetry run` starts a program of the project's environment."""

from __future__ import annotations

from orchestrator.gate.launch import reader

read = reader("run", "-C --directory -P --project", folder="-C --directory -P --project")
