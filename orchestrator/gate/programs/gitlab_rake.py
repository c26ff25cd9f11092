"""The rake of a GitLab installation."""

from __future__ import annotations

from orchestrator.gate.programs.rake import read

__all__ = ["read"]
