"""Another name of node-pg-migrate."""

from __future__ import annotations

from orchestrator.gate.programs.node_pg_migrate import read

__all__ = ["read"]
