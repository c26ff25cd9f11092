"""Directus."""

from __future__ import annotations

from orchestrator.gate.migration import reader

read = reader(
    values="--email --password --role --name --admin --host --port --database --user",
    commands={
        "database migrate:latest": "run-migration",
        "database migrate:up": "run-migration",
        "database migrate:down": "revert-migration",
        "database install": "create-tool-tables",
        "bootstrap": "run-migration",
        "schema apply": "nothing if --dry-run -d; push-schema",
    },
)
