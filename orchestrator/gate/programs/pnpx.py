"""Another name of npx."""

from __future__ import annotations

from orchestrator.gate.programs.npx import read

__all__ = ["read"]
