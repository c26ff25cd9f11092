"""sh, read as bash."""

from orchestrator.gate.programs.bash import read

__all__ = ["read"]
