"""xh has the command line of HTTPie."""

from __future__ import annotations

from orchestrator.gate.programs.http import read

__all__ = ["read"]
