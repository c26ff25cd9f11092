"""yum has the words of dnf."""

from __future__ import annotations

from orchestrator.gate.programs.dnf import read

__all__ = ["read"]
