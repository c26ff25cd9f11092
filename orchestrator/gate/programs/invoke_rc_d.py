"""invoke-rc.d starts and stops services for package scripts."""

from __future__ import annotations

from orchestrator.gate.programs.service import read

__all__ = ["read"]
