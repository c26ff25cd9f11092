"""mariadb-admin is mysqladmin's name in MariaDB."""

from __future__ import annotations

from orchestrator.gate.programs.mysqladmin import read

__all__ = ["read"]
