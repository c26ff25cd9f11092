"""batch, read as at."""

from orchestrator.gate.programs.at import read

__all__ = ["read"]
