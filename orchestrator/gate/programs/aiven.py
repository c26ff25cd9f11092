"""aiven is an older name of avn."""

from __future__ import annotations

from orchestrator.gate.programs.avn import read

__all__ = ["read"]
