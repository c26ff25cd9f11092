"""pgwright, read as orchestrate."""

from orchestrator.gate.programs.orchestrate import read

__all__ = ["read"]
