"""microk8s has kubectl among its subcommands."""

from __future__ import annotations

from orchestrator.gate.programs.k3s import read

__all__ = ["read"]
