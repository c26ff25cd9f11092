"""aptitude has the words of apt."""

from __future__ import annotations

from orchestrator.gate.programs.apt import read

__all__ = ["read"]
