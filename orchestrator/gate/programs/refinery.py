"""Refinery, a migration tool in Rust."""

from __future__ import annotations

from orchestrator.gate.migration import reader

read = reader(
    values="-c --config -p --path -e --env-var -t --target --table-name",
    commands={"migrate": "stamp-migration if --fake -f; run-migration"},
)
