"""Another name of mise."""

from __future__ import annotations

from orchestrator.gate.programs.mise import read

__all__ = ["read"]
