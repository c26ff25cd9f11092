"""valkey-cli has the options and commands of redis-cli."""

from __future__ import annotations

from orchestrator.gate.programs.redis_cli import read

__all__ = ["read"]
