"""sqlcipher is SQLite's shell for encrypted databases."""

from __future__ import annotations

from orchestrator.gate.programs.sqlite3 import read

__all__ = ["read"]
