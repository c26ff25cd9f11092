"""Another name of django-admin."""

from __future__ import annotations

from orchestrator.gate.programs.django_admin import read

__all__ = ["read"]
