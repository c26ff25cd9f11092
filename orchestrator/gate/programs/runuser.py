"""runuser, read as su."""

from orchestrator.gate.programs.su import read

__all__ = ["read"]
