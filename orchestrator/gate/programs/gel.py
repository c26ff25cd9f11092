"""Another name of edgedb."""

from __future__ import annotations

from orchestrator.gate.programs.edgedb import read

__all__ = ["read"]
