"""mkswap is mkfs for one kind of file system, or wipes a device as it does."""

from __future__ import annotations

from orchestrator.gate.programs.mkfs import read

__all__ = ["read"]
