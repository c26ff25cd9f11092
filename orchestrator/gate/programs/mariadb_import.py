"""mariadb-import is mysqlimport's name in MariaDB."""

from __future__ import annotations

from orchestrator.gate.programs.mysqlimport import read

__all__ = ["read"]
