"""Hasura: migrations of its databases, and its metadata."""

from __future__ import annotations

from orchestrator.gate.migration import reader

read = reader(
    values="--project --endpoint --admin-secret --access-key --database-name --envfile --log-level "
    "--certificate-authority --version --type --goto --to --file -f --output -o --from --name",
    commands={
        "migrate apply": "nothing if --dry-run; stamp-migration if --skip-execution; revert-migration if --down; "
        "run-migration",
        "migrate delete": "stamp-migration",
        "metadata apply": "nothing if --dry-run; apply-metadata",
        "metadata clear": "clear-metadata",
        "metadata inconsistency drop": "apply-metadata",
        "md apply": "nothing if --dry-run; apply-metadata",
        "md clear": "clear-metadata",
        "seed apply": "seed-database",
        "seeds apply": "seed-database",
        "deploy": "run-migration",
    },
)
