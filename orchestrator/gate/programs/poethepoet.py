"""Another name of poe."""

from __future__ import annotations

from orchestrator.gate.programs.poe import read

__all__ = ["read"]
