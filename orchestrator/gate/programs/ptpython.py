"""Another name of Python."""

from __future__ import annotations

from orchestrator.gate.programs.python import read

__all__ = ["read"]
