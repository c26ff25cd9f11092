"""drizzle-kit."""

from __future__ import annotations

from orchestrator.gate.migration import reader

read = reader(
    values="--config --dialect --schema --out --url --name --driver --host --port --user --password --database "
    "--schemaFilters --tablesFilters --extensionsFilters --casing --prefix --authToken --ssl",
    commands={
        "push": "push-schema",
        "push:pg": "push-schema",
        "push:mysql": "push-schema",
        "push:sqlite": "push-schema",
        "migrate": "run-migration",
    },
)
