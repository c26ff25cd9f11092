"""Another name of masonite."""

from __future__ import annotations

from orchestrator.gate.programs.masonite import read

__all__ = ["read"]
