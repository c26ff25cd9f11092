"""pg_resetxlog is pg_resetwal before PostgreSQL 10."""

from __future__ import annotations

from orchestrator.gate.programs.pg_resetwal import read

__all__ = ["read"]
