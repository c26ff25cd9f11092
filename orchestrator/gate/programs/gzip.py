"""gzip, read as gunzip."""

from orchestrator.gate.programs.gunzip import read

__all__ = ["read"]
