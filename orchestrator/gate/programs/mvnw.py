"""Another name of mvn."""

from __future__ import annotations

from orchestrator.gate.programs.mvn import read

__all__ = ["read"]
