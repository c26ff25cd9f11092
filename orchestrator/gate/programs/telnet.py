"""telnet sends its input to a port, as nc does."""

from __future__ import annotations

from orchestrator.gate.programs.nc import read

__all__ = ["read"]
