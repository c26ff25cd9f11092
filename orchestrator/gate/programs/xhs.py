"""xhs is xh with another default scheme."""

from __future__ import annotations

from orchestrator.gate.programs.http import read

__all__ = ["read"]
