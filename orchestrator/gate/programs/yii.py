"""The console of Yii."""

from __future__ import annotations

from orchestrator.gate.migration import reader

COMMANDS = {
    "migrate": "run-migration",
    "migrate/up": "run-migration",
    "migrate/to": "run-migration",
    "migrate/redo": "revert-migration",
    "migrate/down": "revert-migration",
    "migrate/fresh": "reset-database",
    "migrate/mark": "stamp-migration",
    "migrate:up": "run-migration",
    "migrate:down": "revert-migration",
    "migrate:redo": "revert-migration",
    "fixture/load": "reset-database",
    "fixture": "reset-database",
}

read = reader(values="--migrationPath --db --appconfig", commands=COMMANDS, custom=True)
