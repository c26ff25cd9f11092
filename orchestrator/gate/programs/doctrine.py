"""Doctrine's own command line; it has the commands that Symfony's console has."""

from __future__ import annotations

from orchestrator.gate.programs.console import read

__all__ = ["read"]
