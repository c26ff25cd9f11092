"""Another name of typeorm."""

from __future__ import annotations

from orchestrator.gate.programs.typeorm import read

__all__ = ["read"]
