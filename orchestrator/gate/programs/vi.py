"""vi, read as vim."""

from orchestrator.gate.programs.vim import read

__all__ = ["read"]
