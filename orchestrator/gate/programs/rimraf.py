"""rimraf removes files and folders, as trash does."""

from __future__ import annotations

from orchestrator.gate.programs.trash import read

__all__ = ["read"]
