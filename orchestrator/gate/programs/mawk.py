"""Another name of awk."""

from __future__ import annotations

from orchestrator.gate.programs.awk import read

__all__ = ["read"]
