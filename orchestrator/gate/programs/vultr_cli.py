"""vultr-cli is the command line of Vultr."""

from __future__ import annotations

from orchestrator.gate.stores.clouds import read

__all__ = ["read"]
