"""cut, see shell.columns."""

from orchestrator.gate.shell.columns import cut as read

__all__ = ["read"]
