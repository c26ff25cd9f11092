"""Runs Ruby."""

from __future__ import annotations

from orchestrator.gate.programs.ruby import read

__all__ = ["read"]
