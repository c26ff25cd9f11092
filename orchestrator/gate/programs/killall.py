"""killall signals processes by name, as pkill does."""

from __future__ import annotations

from orchestrator.gate.programs.pkill import read

__all__ = ["read"]
