"""earthly: tasks of the project, known by their names."""

from __future__ import annotations

from orchestrator.gate.programs.invoke import read

__all__ = ["read"]
