"""postmaster is the server's old name."""

from __future__ import annotations

from orchestrator.gate.programs.postgres import read

__all__ = ["read"]
