"""Strapi: import and transfer delete what the target holds."""

from __future__ import annotations

from orchestrator.gate.migration import reader

read = reader(
    values="-f --file -k --key --to --to-token --from --from-token --only --exclude",
    commands={"import": "reset-database", "transfer": "reset-database"},
)
