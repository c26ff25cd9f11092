"""Diesel, an ORM for Rust."""

from __future__ import annotations

from orchestrator.gate.migration import reader

COMMANDS = {
    "migration run": "run-migration",
    "migration redo": "revert-migration",
    "migration revert": "revert-migration",
    "database setup": "run-migration",
    "database reset": "reset-database",
    "database drop": "destroy-database",
    "db setup": "run-migration",
    "db reset": "reset-database",
    "db drop": "destroy-database",
    "setup": "run-migration",
}

read = reader(
    values="--database-url --migration-dir --config-file -n --number --version --diff-schema --schema-key",
    commands=COMMANDS,
)
