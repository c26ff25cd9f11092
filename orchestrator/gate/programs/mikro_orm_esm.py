"""Another name of mikro-orm."""

from __future__ import annotations

from orchestrator.gate.programs.mikro_orm import read

__all__ = ["read"]
