"""goose, a migration tool in Go: `goose -dir migrations postgres DSN up`."""

from __future__ import annotations

from orchestrator.gate.migration import reader

read = reader(
    values="-dir --dir -table --table -timeout --timeout -certfile --certfile -ssl-cert --ssl-cert -ssl-key "
    "--ssl-key -env --env",
    commands={
        "up": "run-migration",
        "up-by-one": "run-migration",
        "up-to": "run-migration",
        "redo": "revert-migration",
        "down": "revert-migration",
        "down-to": "revert-migration",
        "reset": "revert-migration",
        "create": "nothing",
        "status": "nothing",
        "version": "nothing",
        "fix": "nothing",
        "validate": "nothing",
        "env": "nothing",
        "init": "nothing",
    },
    skip=True,
)
