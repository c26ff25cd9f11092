"""Runs TypeScript like tsx."""

from __future__ import annotations

from orchestrator.gate.programs.tsx import read

__all__ = ["read"]
