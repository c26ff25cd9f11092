"""mariadb-upgrade is mysql_upgrade's name in MariaDB."""

from __future__ import annotations

from orchestrator.gate.programs.mysql_upgrade import read

__all__ = ["read"]
