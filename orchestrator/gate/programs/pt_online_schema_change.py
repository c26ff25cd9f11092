"""pt-online-schema-change: without --execute it changes nothing."""

from __future__ import annotations

from orchestrator.gate.migration import reader

read = reader(
    commands={},
    values="--alter -h --host -u --user -p --password -P --port -D --database -S --socket",
    quiet="--dry-run",
    bare="run-migration if --execute",
    other="run-migration if --execute",
)
