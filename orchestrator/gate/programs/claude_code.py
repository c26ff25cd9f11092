"""The package @anthropic-ai/claude-code, whose program is claude."""

from orchestrator.gate.programs.claude import read

__all__ = ["read"]
