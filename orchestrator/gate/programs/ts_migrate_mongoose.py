"""ts-migrate-mongoose has the commands of migrate-mongo."""

from __future__ import annotations

from orchestrator.gate.programs.migrate_mongo import read

__all__ = ["read"]
