"""moon: targets of many packages, known by their names."""

from __future__ import annotations

from orchestrator.gate.programs.nx import read

__all__ = ["read"]
