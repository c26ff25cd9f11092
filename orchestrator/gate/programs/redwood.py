"""Another name of rw."""

from __future__ import annotations

from orchestrator.gate.programs.rw import read

__all__ = ["read"]
