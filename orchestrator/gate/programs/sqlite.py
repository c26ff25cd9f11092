"""sqlite is SQLite's shell under the name without its version."""

from __future__ import annotations

from orchestrator.gate.programs.sqlite3 import read

__all__ = ["read"]
