"""node-pg-migrate."""

from __future__ import annotations

from orchestrator.gate.migration import reader

read = reader(
    values="-d --database-url-var -m --migrations-dir --migration-dir -t --migrations-table --migrations-schema -s "
    "--schema -f --config-file --config-value --tsconfig --envPath -j --migration-file-language "
    "--migration-filename-format --template-file-name --ignore-pattern --timestamp-value",
    commands={
        "up": "nothing if --dry-run; stamp-migration if --fake; run-migration",
        "down": "nothing if --dry-run; stamp-migration if --fake; revert-migration",
        "redo": "nothing if --dry-run; revert-migration",
    },
)
