"""mv, read as cp."""

from orchestrator.gate.programs.cp import read

__all__ = ["read"]
