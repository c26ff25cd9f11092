"""Another name of nx."""

from __future__ import annotations

from orchestrator.gate.programs.nx import read

__all__ = ["read"]
