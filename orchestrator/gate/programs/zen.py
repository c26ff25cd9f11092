"""Another name of zenstack."""

from __future__ import annotations

from orchestrator.gate.programs.zenstack import read

__all__ = ["read"]
