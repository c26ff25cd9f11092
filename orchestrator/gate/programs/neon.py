"""neon is neonctl's short name."""

from __future__ import annotations

from orchestrator.gate.programs.neonctl import read

__all__ = ["read"]
