"""db-migrate of Node.js."""

from __future__ import annotations

from orchestrator.gate.migration import by_namespace, reader

COMMANDS = {
    "up": "nothing if --dry-run; run-migration",
    "down": "nothing if --dry-run; revert-migration",
    "reset": "nothing if --dry-run; revert-migration",
    "fix": "stamp-migration",
    "seed": "seed-database",
    "sync": "run-migration",
    "db:drop": "destroy-database",
}

read = reader(
    values="-e --env -m --migrations-dir --config -c --count --table --seeds-table --sql-file --log-level",
    commands=COMMANDS,
    normal=by_namespace(COMMANDS),
)
