"""sqlx-cli."""

from __future__ import annotations

from orchestrator.gate.migration import reader

COMMANDS = {
    "migrate run": "nothing if --dry-run; run-migration",
    "migrate revert": "nothing if --dry-run; revert-migration",
    "database drop": "destroy-database",
    "database reset": "reset-database",
    "database setup": "run-migration",
}


def _normal(name: str) -> str:
    first, _, rest = name.partition(" ")
    return {"mig": "migrate", "db": "database"}.get(first, first) + " " + rest


read = reader(
    values="-D --database-url --source --target-version --connect-timeout --params",
    commands=COMMANDS,
    normal=_normal,
)
