"""sql-migrate."""

from __future__ import annotations

from orchestrator.gate.migration import reader

read = reader(
    values="-config --config -env --env -limit --limit -version --version",
    quiet="-dryrun --dryrun",
    commands={
        "up": "run-migration",
        "redo": "revert-migration",
        "down": "revert-migration",
        "skip": "stamp-migration",
    },
)
