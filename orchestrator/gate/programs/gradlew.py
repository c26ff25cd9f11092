"""Another name of gradle."""

from __future__ import annotations

from orchestrator.gate.programs.gradle import read

__all__ = ["read"]
