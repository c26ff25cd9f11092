"""cockroach-cloud is the command line of CockroachDB's cloud."""

from __future__ import annotations

from orchestrator.gate.stores.clouds import read_database as read

__all__ = ["read"]
