"""pg-schema-diff."""

from __future__ import annotations

from orchestrator.gate.migration import reader

read = reader(
    values="--dsn --from-dsn --to-dsn --schema-dir --to-dir --from-dir --include-schema --exclude-schema "
    "--allow-hazards --lock-timeout --statement-timeout --temp-db-dsn",
    commands={"apply": "push-schema"},
)
