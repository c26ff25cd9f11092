"""oci is the command line of Oracle's cloud."""

from __future__ import annotations

from orchestrator.gate.stores.clouds import read

__all__ = ["read"]
