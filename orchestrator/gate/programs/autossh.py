"""autossh, read as ssh."""

from orchestrator.gate.programs.ssh import read

__all__ = ["read"]
