"""The shell of Elixir."""

from __future__ import annotations

from orchestrator.gate.programs.elixir import read

__all__ = ["read"]
