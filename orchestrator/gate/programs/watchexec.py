"""watchexec, read as watch."""

from orchestrator.gate.programs.watch import read

__all__ = ["read"]
