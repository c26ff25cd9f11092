"""pidof prints the numbers of processes by name."""

from __future__ import annotations

from orchestrator.gate.programs.pgrep import read

__all__ = ["read"]
