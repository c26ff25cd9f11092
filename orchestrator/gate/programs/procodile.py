"""Procodile has the commands of foreman."""

from __future__ import annotations

from orchestrator.gate.programs.foreman import read

__all__ = ["read"]
