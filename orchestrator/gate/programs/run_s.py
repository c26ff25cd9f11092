"""Another name of npm-run-all."""

from __future__ import annotations

from orchestrator.gate.programs.npm_run_all import read

__all__ = ["read"]
