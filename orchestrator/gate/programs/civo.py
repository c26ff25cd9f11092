"""civo is the command line of Civo."""

from __future__ import annotations

from orchestrator.gate.stores.clouds import read

__all__ = ["read"]
