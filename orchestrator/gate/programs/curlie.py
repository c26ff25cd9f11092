"""curlie is curl with shorter output."""

from __future__ import annotations

from orchestrator.gate.programs.curl import read

__all__ = ["read"]
