"""python -m orchestrator."""

from orchestrator.gate.programs.orchestrate import read

__all__ = ["read"]
