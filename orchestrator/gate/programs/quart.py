"""Another name of flask."""

from __future__ import annotations

from orchestrator.gate.programs.flask import read

__all__ = ["read"]
