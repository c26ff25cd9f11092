"""chown, read as chmod."""

from orchestrator.gate.programs.chmod import read

__all__ = ["read"]
