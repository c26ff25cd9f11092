"""direnv: `direnv exec` starts a program with a folder's variables."""

from __future__ import annotations

from orchestrator.gate.launch import reader

read = reader("exec", operands=1)
