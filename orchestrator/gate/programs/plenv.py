"""Another name of rbenv."""

from __future__ import annotations

from orchestrator.gate.programs.rbenv import read

__all__ = ["read"]
