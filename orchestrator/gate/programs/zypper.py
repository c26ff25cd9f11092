"""zypper has the words of dnf, as far as removing goes."""

from __future__ import annotations

from orchestrator.gate.programs.dnf import read

__all__ = ["read"]
