"""sls is serverless's short name."""

from __future__ import annotations

from orchestrator.gate.programs.serverless import read

__all__ = ["read"]
