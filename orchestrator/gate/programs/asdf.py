"""asdf: `asdf exec` starts a program with the versions of the project."""

from __future__ import annotations

from orchestrator.gate.launch import reader

read = reader("exec")
