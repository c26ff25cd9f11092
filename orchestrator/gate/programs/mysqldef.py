"""Another name of psqldef."""

from __future__ import annotations

from orchestrator.gate.programs.psqldef import read

__all__ = ["read"]
