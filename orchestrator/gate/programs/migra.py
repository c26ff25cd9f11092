"""migra: prints the SQL between two schemas."""

from __future__ import annotations

from orchestrator.gate.migration import reader

read = reader(commands={})
