"""rbenv: `rbenv exec` starts a program with a version of Ruby."""

from __future__ import annotations

from orchestrator.gate.launch import reader

read = reader("exec")
