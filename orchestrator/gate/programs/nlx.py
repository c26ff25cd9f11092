"""nlx: npx in whatever package manager the project has."""

from __future__ import annotations

from orchestrator.gate.programs.npx import read

__all__ = ["read"]
