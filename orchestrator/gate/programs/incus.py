"""incus runs programs in its containers, as lxc does."""

from __future__ import annotations

from orchestrator.gate.programs.lxc import read

__all__ = ["read"]
