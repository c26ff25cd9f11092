"""mariadb is mysql's name in MariaDB."""

from __future__ import annotations

from orchestrator.gate.programs.mysql import read

__all__ = ["read"]
