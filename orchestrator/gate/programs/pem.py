"""peewee-migrations."""

from __future__ import annotations

from orchestrator.gate.migration import reader

read = reader(
    values="--directory --autocommit --config --name",
    commands={"migrate": "stamp-migration if --fake; run-migration", "rollback": "revert-migration"},
)
