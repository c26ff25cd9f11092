"""pg_dumpall reads all databases of a server and writes a dump."""

from __future__ import annotations

from orchestrator.gate.programs.pg_dump import read

__all__ = ["read"]
