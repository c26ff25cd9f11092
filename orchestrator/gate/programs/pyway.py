"""Pyway."""

from __future__ import annotations

from orchestrator.gate.migration import reader

read = reader(
    values="--database-type --database-host --database-port --database-name --database-username --database-password "
    "--database-migration-dir --database-table -c --config --checksum-file",
    commands={"migrate": "run-migration", "import": "stamp-migration"},
)
