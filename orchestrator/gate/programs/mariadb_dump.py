"""mariadb-dump is mysqldump's name in MariaDB."""

from __future__ import annotations

from orchestrator.gate.programs.mysqldump import read

__all__ = ["read"]
