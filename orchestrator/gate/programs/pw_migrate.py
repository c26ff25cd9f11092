"""peewee_migrate."""

from __future__ import annotations

from orchestrator.gate.migration import reader

read = reader(
    values="--database --directory --schema --name --auto-source --count",
    commands={"migrate": "stamp-migration if --fake; run-migration", "rollback": "revert-migration"},
)
