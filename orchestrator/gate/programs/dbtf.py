"""Another name of dbt."""

from __future__ import annotations

from orchestrator.gate.programs.dbt import read

__all__ = ["read"]
