"""Another name of sequelize-cli."""

from __future__ import annotations

from orchestrator.gate.programs.sequelize_cli import read

__all__ = ["read"]
