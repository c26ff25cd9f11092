"""tofu is OpenTofu, a fork of terraform."""

from __future__ import annotations

from orchestrator.gate.programs.terraform import read

__all__ = ["read"]
