"""@databases/pg-migrations."""

from __future__ import annotations

from orchestrator.gate.migration import reader

read = reader(
    values="-D --directory -d --database -c --config",
    quiet="--dry-run",
    commands={"apply": "run-migration", "ignore-error": "stamp-migration"},
)
