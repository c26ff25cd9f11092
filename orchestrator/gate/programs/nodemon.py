"""nodemon: each word is a command line of its own."""

from orchestrator.gate.programs.hyperfine import read

__all__ = ["read"]
