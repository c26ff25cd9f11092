"""Another name of conda."""

from __future__ import annotations

from orchestrator.gate.programs.conda import read

__all__ = ["read"]
