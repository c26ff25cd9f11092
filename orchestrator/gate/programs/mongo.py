"""mongo is MongoDB's shell before mongosh."""

from __future__ import annotations

from orchestrator.gate.programs.mongosh import read

__all__ = ["read"]
