"""terragrunt hands its words to terraform."""

from __future__ import annotations

from orchestrator.gate.programs.terraform import read

__all__ = ["read"]
