"""oc is kubectl for OpenShift."""

from __future__ import annotations

from orchestrator.gate.programs.kubectl import read

__all__ = ["read"]
