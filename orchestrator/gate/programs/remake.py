"""Another name of make."""

from __future__ import annotations

from orchestrator.gate.programs.make import read

__all__ = ["read"]
