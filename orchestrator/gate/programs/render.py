"""render is the command line of Render."""

from __future__ import annotations

from orchestrator.gate.stores.clouds import read

__all__ = ["read"]
