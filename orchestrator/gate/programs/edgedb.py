"""Gel, formerly EdgeDB."""

from __future__ import annotations

from orchestrator.gate.migration import reader

read = reader(
    values="-I --instance --dsn -d --database -b --branch -H --host -P --port -u --user --schema-dir --to-revision",
    commands={
        "migrate": "run-migration",
        "migration apply": "run-migration",
        "watch": "run-migration if -m --migrate",
        "database drop": "destroy-database",
        "database wipe": "reset-database",
        "branch drop": "destroy-database",
        "branch wipe": "reset-database",
        "instance destroy": "destroy-database",
        "restore": "load-schema",
    },
)
