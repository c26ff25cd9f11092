"""nerdctl has the command line of docker."""

from __future__ import annotations

from orchestrator.gate.programs.docker import read

__all__ = ["read"]
