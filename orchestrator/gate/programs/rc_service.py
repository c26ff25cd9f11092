"""rc-service starts and stops services of OpenRC."""

from __future__ import annotations

from orchestrator.gate.programs.service import read

__all__ = ["read"]
