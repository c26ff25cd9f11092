"""Runs Lua."""

from __future__ import annotations

from orchestrator.gate.programs.lua import read

__all__ = ["read"]
