"""basename, read as dirname."""

from orchestrator.gate.programs.dirname import read

__all__ = ["read"]
