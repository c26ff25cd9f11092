"""Another name of grate."""

from __future__ import annotations

from orchestrator.gate.programs.grate import read

__all__ = ["read"]
