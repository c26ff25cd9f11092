"""mkdir, read as touch."""

from orchestrator.gate.programs.touch import read

__all__ = ["read"]
