"""Another name of invoke."""

from __future__ import annotations

from orchestrator.gate.programs.invoke import read

__all__ = ["read"]
