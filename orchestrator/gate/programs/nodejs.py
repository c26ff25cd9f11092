"""Runs JavaScript and TypeScript like Node.js."""

from __future__ import annotations

from orchestrator.gate.programs.node import read

__all__ = ["read"]
