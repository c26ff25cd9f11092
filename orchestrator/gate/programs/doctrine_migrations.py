"""Doctrine Migrations without Symfony's console."""

from __future__ import annotations

from orchestrator.gate.migration import abbreviations, reader

COMMANDS = {
    "migrations:migrate": "nothing if --dry-run --write-sql; run-migration",
    "migrations:execute": "nothing if --dry-run --write-sql; revert-migration if --down; run-migration",
    "migrations:version": "stamp-migration",
    "migrations:rollup": "stamp-migration",
    "migrations:sync-metadata-storage": "create-tool-tables",
    "migrate": "nothing if --dry-run --write-sql; run-migration",
    "execute": "nothing if --dry-run --write-sql; revert-migration if --down; run-migration",
    "rollup": "stamp-migration",
    "migrations:up-to-date": "nothing",
    "migrations:latest": "nothing",
}

read = reader(
    values="--configuration --em --conn --db-configuration --filter-expression",
    commands=COMMANDS,
    normal=abbreviations(COMMANDS),
)
