"""migrate-mongo."""

from __future__ import annotations

from orchestrator.gate.migration import reader

read = reader(values="-f --file -m --module", commands={"up": "run-migration", "down": "revert-migration"})
