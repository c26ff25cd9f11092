"""envdir: starts a program with variables from a folder."""

from __future__ import annotations

from orchestrator.gate.launch import reader

read = reader(operands=1)
