"""presto-cli is the client of Presto."""

from __future__ import annotations

from orchestrator.gate.programs.trino import read

__all__ = ["read"]
