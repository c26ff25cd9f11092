"""pgroll."""

from __future__ import annotations

from orchestrator.gate.migration import reader

read = reader(
    values="--postgres-url --schema --pgroll-schema --lock-timeout --role --backfill-batch-size "
    "--backfill-batch-delay --name -n --output -o",
    commands={
        "init": "create-tool-tables",
        "start": "run-migration",
        "complete": "run-migration",
        "migrate": "run-migration",
        "rollback": "revert-migration",
        "baseline": "stamp-migration",
    },
)
