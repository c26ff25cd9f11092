"""Another name of yarn."""

from __future__ import annotations

from orchestrator.gate.programs.yarn import read

__all__ = ["read"]
