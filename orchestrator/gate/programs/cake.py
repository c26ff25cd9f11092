"""CakePHP's console."""

from __future__ import annotations

from orchestrator.gate.migration import reader

read = reader(
    values="-p --plugin -c --connection -s --source -t --target -d --date --seed",
    commands={
        "migrations migrate": "nothing if --dry-run -x; stamp-migration if --fake; run-migration",
        "migrations rollback": "nothing if --dry-run -x; stamp-migration if --fake; revert-migration",
        "migrations mark_migrated": "stamp-migration",
        "migrations seed": "seed-database",
        "migrations reset": "reset-database",
        "seeds run": "seed-database",
        "seeds reset": "seed-database",
    },
    custom=True,
)
