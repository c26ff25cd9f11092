"""yoyo."""

from __future__ import annotations

from orchestrator.gate.migration import reader

read = reader(
    values="-c --config -d --database -r --revision -m --match --migration-table -n --number --message",
    commands={
        "apply": "run-migration",
        "develop": "run-migration",
        "rollback": "revert-migration",
        "reapply": "revert-migration",
        "mark": "stamp-migration",
        "unmark": "stamp-migration",
        "break-lock": "unlock-migrations",
    },
)
