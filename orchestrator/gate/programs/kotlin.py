"""kotlin, read as groovy."""

from orchestrator.gate.programs.groovy import read

__all__ = ["read"]
