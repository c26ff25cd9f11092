"""readlink, read as which."""

from orchestrator.gate.programs.which import read

__all__ = ["read"]
