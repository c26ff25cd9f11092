"""presto is the client of Presto, Trino's parent."""

from __future__ import annotations

from orchestrator.gate.programs.trino import read

__all__ = ["read"]
