"""libsql is the shell of libSQL, a fork of SQLite."""

from __future__ import annotations

from orchestrator.gate.programs.sqlite3 import read

__all__ = ["read"]
