"""env-cmd: starts a program with variables from a file."""

from __future__ import annotations

from orchestrator.gate.launch import reader

read = reader("", "-f --file -e --environments -r --rc-file")
