"""A migration bundle made by `dotnet ef migrations bundle`."""

from __future__ import annotations

from orchestrator.gate.migration import reader

read = reader(commands={}, values="--connection", bare="run-migration", other="run-migration")
