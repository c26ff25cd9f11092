"""cdktf is cdk for terraform."""

from __future__ import annotations

from orchestrator.gate.programs.cdk import read

__all__ = ["read"]
