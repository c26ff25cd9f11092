"""fly is flyctl's short name."""

from __future__ import annotations

from orchestrator.gate.programs.flyctl import read

__all__ = ["read"]
